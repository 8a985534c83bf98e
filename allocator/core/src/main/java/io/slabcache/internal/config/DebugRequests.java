package io.slabcache.internal.config;

import io.slabcache.diagnostics.AllocationFaults;
import io.slabcache.internal.util.Log;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The values of {@link Property#DEBUG} so far, and the parts of the properties that no cache has used: patterns without
 * a match, most often misspelt names, and {@link Property#FAULTS} without a cache that injects failures. Reported when
 * the JVM exits, on the error output, because loggers may have been shut down by then.
 */
public final class DebugRequests {
    /** A program may set a new value for each cache. Values beyond this number work, but are not remembered. */
    private static final int MOST_VALUES = 100;

    /** Most names in the line at exit. */
    private static final int MOST_NAMES = 20;

    private record Request(DebugProperty property, Set<Glob> unmatched) {
        static Request of(String value, String known) {
            DebugProperty property = new DebugProperty(value, known);
            return new Request(property, new LinkedHashSet<>(property.globs()));
        }
    }

    // Guarded by the class.
    private static final Map<String, Request> BY_VALUE = new LinkedHashMap<>();
    private static final Set<String> NAMES = new LinkedHashSet<>();
    private static boolean isHooked;
    private static boolean areFaultsRead;

    private DebugRequests() {}

    /**
     * Returns the letters for a cache that is being built.
     *
     * @param cache its name
     * @param known all valid letters
     * @return letters, perhaps none
     */
    public static String letters(String cache, String known) {
        String value = Property.DEBUG.value();
        if (Property.FAULTS.value() != null) {
            hook();
        }
        if (value == null) {
            return "";
        }
        DebugProperty property = request(value, known, cache).property();
        if (!property.mistakes().isEmpty()) {
            Property.DEBUG.complain(value, String.join(", and ", property.mistakes()), "the rest of it counts");
        }
        return property.letters(cache);
    }

    private static synchronized Request request(String value, String known, String cache) {
        Request request = BY_VALUE.get(value);
        if (request == null) {
            request = Request.of(value, known);
            if (BY_VALUE.size() < MOST_VALUES) {
                BY_VALUE.put(value, request);
            }
        }
        request.unmatched().removeIf(glob -> glob.matches(cache));
        if (NAMES.size() < MOST_NAMES) {
            NAMES.add(cache);
        }
        if (!request.unmatched().isEmpty()) {
            hook();
        }
        return request;
    }

    /**
     * Returns the faults of a cache that is debugged with {@code A} and whose builder sets none.
     *
     * @return the faults, or {@code null} if the property is not understood
     */
    public static synchronized @Nullable AllocationFaults faults() {
        areFaultsRead = true;
        return Property.FAULTS.read(FaultText::parse, FaultText.DEFAULT, null, "no allocation fails");
    }

    /** The thread lives until the JVM exits, so it must not refer to anything of the thread that builds a cache. */
    private static synchronized void hook() {
        if (isHooked) {
            return;
        }
        isHooked = true;
        Thread hook = Thread.ofPlatform()
                .name("slabcache-exit")
                .inheritInheritableThreadLocals(false)
                .unstarted(() -> unused().forEach(System.err::println));
        hook.setContextClassLoader(null);
        try {
            Runtime.getRuntime().addShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The JVM is exiting already.
        }
    }

    /** One line for each pattern without a match, and one for unused faults. */
    static synchronized List<String> unused() {
        List<String> lines = new ArrayList<>();
        String faults = Property.FAULTS.value();
        if (faults != null && !areFaultsRead) {
            lines.add("WARNING: " + Property.FAULTS.key() + "=" + Log.quote(faults)
                    + ": no cache was debugged with A, or each had faults of its builder; expected -D"
                    + Property.DEBUG.key()
                    + "=A or debug(Debug.FAULTS) beside it");
        }
        String names = NAMES.stream().map(Log::quote).collect(Collectors.joining(", "));
        BY_VALUE.forEach((value, request) -> request.unmatched()
                .forEach(glob -> lines.add("WARNING: " + Property.DEBUG.key() + "=" + Log.quote(value)
                        + ": no cache had a name like " + Log.quote(glob.pattern())
                        + Spelling.nearest(glob.pattern(), List.copyOf(NAMES))
                                .map(name -> "; did you mean " + Log.quote(name) + "?")
                                .orElse(".")
                        + " There were: " + names)));
        return lines;
    }
}

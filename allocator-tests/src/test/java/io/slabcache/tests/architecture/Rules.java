package io.slabcache.tests.architecture;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How the house is built. A file breaks a rule, or it does not; there is nothing to weigh. */
final class Rules {
    static final int MOST_LINES = 300;

    /** From the ground up: a package uses only those before it. So no cycle can be. */
    static final List<String> LAYERS = List.of(
            "io.slabcache.internal.util",
            "io.slabcache.internal.stats",
            "io.slabcache.memory",
            "io.slabcache.internal.slab",
            "io.slabcache.internal.magazine",
            "io.slabcache.internal.debug",
            "io.slabcache",
            "io.slabcache.audit");

    /** Files that may be longer, each with the reason. */
    static final Map<String, String> MAY_BE_LONGER = Map.of();

    private static final Set<String> FORBIDDEN = Set.of("sun.misc.", "jdk.internal.", "sun.nio.");

    /** A lock that is acquired. The class of the locks itself acquires one for its caller. */
    private static final Pattern ACQUIRED = Pattern.compile("\\.(?:lock\\(\\)|tryLock\\(\\)|acquire\\(\\w+\\))");

    private static final String LOCK_CLASS = "CountedLock.java";

    /**
     * What follows at once: the block that releases the lock, if need be after the end of the way that did not get it, or
     * the release itself.
     */
    private static final Pattern RELEASED =
            Pattern.compile("(?:\\) \\{\\s*return [^;]*;\\s*\\}|;)\\s*(?:try \\{|\\w+\\.unlock\\(\\);)");

    private Rules() {}

    static List<String> violations(List<SourceFile> files) {
        List<String> found = new ArrayList<>();
        for (SourceFile file : files) {
            checkLines(file, found);
            checkForbidden(file, found);
            checkLayers(file, found);
            checkLocks(file, found);
        }
        return found;
    }

    /** An error between the two, for which a heap that is full suffices, would leave the lock held for ever. */
    private static void checkLocks(SourceFile file, List<String> found) {
        if (file.name().endsWith(LOCK_CLASS)) {
            return;
        }
        Matcher acquired = ACQUIRED.matcher(file.code());
        while (acquired.find()) {
            Matcher released = RELEASED.matcher(file.code())
                    .region(acquired.end(), file.code().length());
            if (!released.lookingAt()) {
                String before = file.code().substring(0, acquired.start());
                found.add(file.name() + " does something between acquiring " + before.replaceAll("(?s).*\\W", "")
                        + " and the try that releases it");
            }
        }
    }

    private static void checkLines(SourceFile file, List<String> found) {
        if (file.lines() > MOST_LINES && !MAY_BE_LONGER.containsKey(file.name())) {
            found.add(file.name() + " has " + file.lines() + " lines");
        }
    }

    private static void checkForbidden(SourceFile file, List<String> found) {
        for (String reference : file.references()) {
            if (FORBIDDEN.stream().anyMatch(reference::startsWith)) {
                found.add(file.name() + " uses " + reference);
            }
        }
    }

    private static void checkLayers(SourceFile file, List<String> found) {
        if (file.packageName().isEmpty()) {
            return;
        }
        int layer = layer(file.packageName());
        if (layer < 0) {
            found.add(file.name() + " is in no layer");
            return;
        }
        for (String used : file.usedPackages()) {
            int below = layer(used);
            if (below < 0 || below >= layer) {
                found.add(file.name() + " uses " + used);
            }
        }
    }

    /** Edges to other libraries stand on top, side by side. */
    private static int layer(String packageName) {
        int place = LAYERS.indexOf(packageName);
        boolean isEdge = place < 0 && packageName.matches("io\\.slabcache\\.(?!internal\\b|memory\\b)\\w+");
        return isEdge ? LAYERS.size() : place;
    }
}

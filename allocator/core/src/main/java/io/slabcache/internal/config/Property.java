package io.slabcache.internal.config;

import io.slabcache.internal.util.Log;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The system properties of this library. All reads go through here, so that an invalid value or name is reported once
 * and never keeps a cache from being built.
 */
public enum Property {
    /** Which caches are debugged, and how. */
    DEBUG(
            "slabcache.debug",
            "letters out of FZPUTA, or -, and perhaps names with * and ?, such as FZPU,packets*;-,events"),

    /** Which allocations fail, in a cache that injects failures. */
    FAULTS("slabcache.debug.faults", "names and values such as rate=0.01,seed=42"),

    /** How many objects are guarded. */
    GUARD("slabcache.guard", "off or a rate such as 1/8388608"),

    /** Whether each cache has a bean. */
    JMX("slabcache.jmx", "true or false"),

    /** How leaks are looked for. */
    LEAKS("slabcache.leaks", "off, paranoid or a rate such as 1/64, and perhaps a comma and seconds of grace"),

    /** The limit on the memory of all caches together. */
    MAX_BYTES("slabcache.maxBytes", "bytes such as 512m: digits and perhaps k, m or g, 1m or more");

    static final String PREFIX = "slabcache.";

    private static final String OFF = "off";

    private final String key;
    private final String form;

    Property(String key, String form) {
        this.key = key;
        this.form = form;
    }

    /** {@return the name of the property, as on the command line after -D} */
    public String key() {
        return key;
    }

    /** {@return the value as it was given, or {@code null}} */
    @Nullable
    String value() {
        return System.getProperty(key);
    }

    /**
     * Reads and parses the value.
     *
     * @param <T> the type of the result
     * @param parser gets the trimmed value; throws {@link IllegalArgumentException} to refuse it
     * @param missing the result if there is no value
     * @param refused the result if the parser refuses the value
     * @param consequence of a refusal, for the message
     * @return the parsed value, or {@code missing} or {@code refused}
     */
    public <T extends @Nullable Object> T read(Function<String, T> parser, T missing, T refused, String consequence) {
        String value = value();
        if (value == null) {
            return missing;
        }
        try {
            return parser.apply(value.strip());
        } catch (IllegalArgumentException e) {
            complain(value, e.getMessage(), consequence);
            return refused;
        }
    }

    /**
     * Logs that a value, or a part of it, is ignored.
     *
     * @param value as it was given
     * @param mistake what is wrong with it
     * @param consequence what is done instead
     */
    void complain(String value, @Nullable String mistake, String consequence) {
        Log.once(key + "=" + Log.quote(value) + ": " + mistake + "; expected " + form + "; " + consequence);
    }

    /**
     * Returns whether a value switches the feature off.
     *
     * @param value trimmed
     * @return true for {@code off}, in any case of letters
     */
    public static boolean isOff(String value) {
        return value.equalsIgnoreCase(OFF);
    }

    static List<String> keys() {
        return Arrays.stream(values()).map(Property::key).toList();
    }

    /** Logs each unknown property that has this library's prefix. */
    public static void complainAboutUnknown() {
        List<String> known = keys();
        for (String name : System.getProperties().stringPropertyNames()) {
            if (name.startsWith(PREFIX) && !known.contains(name)) {
                Log.once("unknown property " + Log.quote(name) + " is ignored"
                        + Spelling.nearest(name, known)
                                .map(meant -> "; did you mean " + meant + "?")
                                .orElse(".")
                        + " There are: " + String.join(", ", known));
            }
        }
    }
}

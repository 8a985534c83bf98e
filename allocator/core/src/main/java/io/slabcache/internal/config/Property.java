package io.slabcache.internal.config;

import io.slabcache.internal.util.Log;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/**
 * Each system property that this library reads. All reads go through here, so that a value or a name that is not understood
 * is complained about once, and never keeps a cache from being built.
 */
public enum Property {
    /** Which caches are debugged, and in which ways. */
    DEBUG(
            "slabcache.debug",
            "letters out of FZPUTA, or -, and perhaps names with * and ?, such as FZPU,packets*;-,events"),

    /** Which allocations of a cache with injected failures fail. */
    FAULTS("slabcache.debug.faults", "names and values such as rate=0.01,seed=42"),

    /** How many objects are guarded. */
    GUARD("slabcache.guard", "off or a rate such as 1/8388608"),

    /** How leaks are looked for. */
    LEAKS("slabcache.leaks", "off, paranoid or a rate such as 1/64, and perhaps a comma and seconds of grace");

    static final String PREFIX = "slabcache.";

    private static final String OFF = "off";

    private final String key;
    private final String form;

    Property(String key, String form) {
        this.key = key;
        this.form = form;
    }

    /** {@return what stands between -D and the equals sign} */
    public String key() {
        return key;
    }

    /** {@return the value as it was given, or {@code null}} */
    String value() {
        return System.getProperty(key);
    }

    /**
     * Reads the value.
     *
     * @param <T> what the value means
     * @param parser gets the value without the blanks around it, and refuses it by an {@link IllegalArgumentException}
     * @param missing the result if there is no value
     * @param refused the result if the parser refuses the value
     * @param consequence what happens then, for the complaint
     * @return the meaning
     */
    public <T> T read(Function<String, T> parser, T missing, T refused, String consequence) {
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
     * Says that a value, or a part of it, is ignored.
     *
     * @param value as it was given
     * @param mistake what is wrong with it
     * @param consequence what is done instead
     */
    void complain(String value, String mistake, String consequence) {
        Log.once(key + "=" + Log.quote(value) + ": " + mistake + "; expected " + form + "; " + consequence);
    }

    /**
     * Whether a value switches the feature off.
     *
     * @param value without blanks around it
     * @return whether it is the word for that, in capitals or not
     */
    public static boolean isOff(String value) {
        return value.equalsIgnoreCase(OFF);
    }

    /** {@return all names} */
    static List<String> keys() {
        return Arrays.stream(values()).map(Property::key).toList();
    }

    /** Complains about each property of this library's name space that it does not know. */
    public static void complainAboutUnknown() {
        List<String> known = keys();
        for (String name : System.getProperties().stringPropertyNames()) {
            if (name.startsWith(PREFIX) && !known.contains(name)) {
                Log.once("unknown property " + Log.quote(name) + " is ignored; did you mean "
                        + Spelling.nearest(name, known) + "? There are: " + String.join(", ", known));
            }
        }
    }
}

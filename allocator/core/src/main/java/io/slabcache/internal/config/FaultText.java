package io.slabcache.internal.config;

import io.slabcache.diagnostics.AllocationFaults;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** Parses the text form of {@link AllocationFaults}, for a system property. */
final class FaultText {
    /** The faults of a cache that asks for faults and gives no details. */
    static final AllocationFaults DEFAULT = new AllocationFaults(0.01, 0, 0, Long.MAX_VALUE, 1);

    private FaultText() {}

    /**
     * Parses faults such as {@code rate=0.01,seed=42}. Without rate and interval, every allocation fails that is not
     * spared.
     *
     * @param text names and values
     * @return the faults
     * @throws IllegalArgumentException with what is wrong and what was expected
     */
    static AllocationFaults parse(String text) {
        Map<String, String> given = new TreeMap<>();
        for (String part : text.split(",", -1)) {
            String[] pair = part.strip().split("=", -1);
            if (pair.length != 2 || given.put(pair[0].strip(), pair[1].strip()) != null) {
                throw new IllegalArgumentException("'" + part.strip() + "' in '" + text
                        + "'; expected name=value with each name once, such as rate=0.01,seed=42");
            }
        }
        boolean isRated = given.containsKey("rate");
        double rate = number(given, "rate", 0.0, Double::parseDouble);
        long interval = number(given, "interval", isRated ? 0L : 1L, Long::parseLong);
        long after = number(given, "after", 0L, Long::parseLong);
        long times = number(given, "times", Long.MAX_VALUE, Long::parseLong);
        long seed = number(given, "seed", 1L, Long::parseLong);
        if (!given.isEmpty()) {
            throw new IllegalArgumentException(
                    "unknown name '" + given.keySet().iterator().next() + "' in '" + text
                            + "'; expected rate, interval, after, times or seed");
        }
        return new AllocationFaults(rate, interval, after, times, seed);
    }

    private static <T extends Number> T number(
            Map<String, String> given, String name, T otherwise, Function<String, T> reader) {
        String value = given.remove(name);
        try {
            return value == null ? otherwise : reader.apply(value);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(name + " is '" + value + "'; expected a number", e);
        }
    }
}

package io.slabcache.internal.debug;

import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Which allocations fail on purpose. The first {@code after} are spared; of the others each fails with probability
 * {@code rate}, or each {@code interval}-th one, until {@code times} have failed.
 *
 * @param rate probability, 0 to 1; 0 if the interval counts
 * @param interval 1 or more, or 0 if the rate counts
 * @param after allocations that are spared, 0 or more
 * @param times failures at most, 1 or more
 * @param seed of the random numbers for the rate
 */
public record FaultPlan(double rate, long interval, long after, long times, long seed) {
    /** For those who ask for faults and no more. */
    public static final FaultPlan DEFAULT = new FaultPlan(0.01, 0, 0, Long.MAX_VALUE, 1);

    /** Checks the numbers. */
    public FaultPlan {
        require(rate >= 0 && rate <= 1, "rate", rate, "0 to 1");
        require(interval >= 0, "interval", interval, "0 or more");
        require(after >= 0, "after", after, "0 or more");
        require(times >= 1, "times", times, "1 or more");
        require(rate == 0 || interval == 0, "rate", rate, "0, because an interval is given");
        require(rate > 0 || interval > 0, "rate", rate, "more than 0, or an interval");
    }

    private static void require(boolean holds, String name, Number given, String expected) {
        if (!holds) {
            throw new IllegalArgumentException(name + " is " + given + "; expected " + expected);
        }
    }

    /**
     * Reads a plan such as {@code rate=0.01,seed=42}. Where neither rate nor interval is given, every allocation fails
     * that is not spared.
     *
     * @param text names and values
     * @return the plan
     * @throws IllegalArgumentException with what is wrong and what was expected
     */
    public static FaultPlan parse(String text) {
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
        return new FaultPlan(rate, interval, after, times, seed);
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

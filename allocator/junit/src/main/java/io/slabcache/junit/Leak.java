package io.slabcache.junit;

import java.util.List;
import java.util.stream.Collectors;

/**
 * What a test has left in one cache.
 *
 * @param cache its name and number
 * @param wasLeftOpen whether the test has built it and not closed it
 * @param excess the objects that are live and were not before; none only if it was left open
 */
record Leak(String cache, boolean wasLeftOpen, Holding excess) {
    String text() {
        return cache + " " + what()
                + excess.allocations().entrySet().stream()
                        .map(allocation -> place(allocation.getValue(), allocation.getKey()))
                        .collect(Collectors.joining())
                + unknown();
    }

    private String what() {
        long objects = excess.liveObjects();
        if (!wasLeftOpen) {
            return "has " + objects(objects) + " more live than before";
        }
        return "was left open" + (objects == 0 ? "" : ", with " + objects(objects) + " live");
    }

    private static String place(long count, List<StackTraceElement> stack) {
        return "\n  " + objects(count) + " allocated"
                + stack.stream()
                        .takeWhile(frame -> !frame.getClassName().startsWith("org.junit."))
                        .map(frame -> "\n    at " + frame)
                        .collect(Collectors.joining());
    }

    private String unknown() {
        long known = excess.allocations().values().stream()
                .mapToLong(Long::longValue)
                .sum();
        long rest = excess.liveObjects() - known;
        return rest <= 0 ? "" : "\n  " + objects(rest) + " allocated where nobody was looking: the cache is older";
    }

    private static String objects(long count) {
        return count == 1 ? "1 object" : count + " objects";
    }
}

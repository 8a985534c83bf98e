package io.slabcache.audit;

import io.slabcache.diagnostics.ObjectTrace;
import io.slabcache.internal.registry.OpenCache;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A count of the live objects of a cache.
 *
 * @param liveObjects how many
 * @param allocations how many of them each stack has allocated, as far as that is known
 */
record Holding(long liveObjects, Map<List<StackTraceElement>, Long> allocations) {
    static final Holding NOTHING = new Holding(0, Map.of());

    static Holding of(OpenCache cache) {
        Map<List<StackTraceElement>, Long> allocations = new LinkedHashMap<>();
        for (ObjectTrace tally : cache.allocations()) {
            allocations.put(tally.stack(), tally.count());
        }
        return new Holding(cache.liveObjects(), allocations);
    }

    /** The excess over {@code other}. If older objects were freed meanwhile, the stacks are a guess. */
    Holding minus(Holding other) {
        Map<List<StackTraceElement>, Long> more = new LinkedHashMap<>();
        allocations.forEach((stack, count) -> {
            long excess = count - other.allocations.getOrDefault(stack, 0L);
            if (excess > 0) {
                more.put(stack, excess);
            }
        });
        return new Holding(Math.max(liveObjects - other.liveObjects, 0), more);
    }

    Holding plus(Holding other) {
        Map<List<StackTraceElement>, Long> sum = new LinkedHashMap<>(allocations);
        other.allocations.forEach((stack, count) -> sum.merge(stack, count, Long::sum));
        return new Holding(liveObjects + other.liveObjects, sum);
    }
}

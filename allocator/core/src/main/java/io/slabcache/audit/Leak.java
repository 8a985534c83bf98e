package io.slabcache.audit;

import java.util.List;
import java.util.Map;

/**
 * What an audit found in one cache.
 *
 * @param cache the name and number of the cache, as in all messages: {@code cache 'orders' (#3)}
 * @param leftOpen whether the cache was built during the audit and is still open
 * @param liveObjects how many objects are live that were not live before; 0 only if the cache was left open
 * @param allocations the stacks of the calls that allocated them, with the number of objects of each, as far as they are
 *     known: a cache that was built before the audit knows them only if it is debugged with
 *     {@link io.slabcache.diagnostics.Debug#TRACKING}
 */
public record Leak(String cache, boolean leftOpen, long liveObjects, Map<List<StackTraceElement>, Long> allocations) {}

package io.slabcache.audit;

import java.util.List;
import java.util.Map;

/**
 * The leak that an audit found in one cache.
 *
 * <pre>{@code
 * for (Leak leak : audit.end(cache -> false)) {
 *     log.warn("{} leaks {} objects", leak.cache(), leak.liveObjects());
 * }
 * }</pre>
 *
 * @param cache the cache's name and number, as in all messages: {@code cache 'orders' (#3)}
 * @param leftOpen whether the cache was built during the audit and is still open
 * @param liveObjects how many more objects are live than before; 0 only if the cache was left open
 * @param allocations the number of these objects by the stack that allocated them, as far as known. A cache built
 *     before the audit knows the stacks only with {@link io.slabcache.diagnostics.Debug#TRACKING}
 */
public record Leak(String cache, boolean leftOpen, long liveObjects, Map<List<StackTraceElement>, Long> allocations) {}

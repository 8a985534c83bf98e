package io.slabcache.bench.demo;

import com.sun.management.ThreadMXBean;
import io.slabcache.SlabCache;
import io.slabcache.diagnostics.SlabCacheStats;
import java.lang.management.ManagementFactory;

/**
 * What one process of {@link AeronDemo} used for all messages.
 *
 * @param cached objects at the end: free, and kept for the next allocation
 * @param live objects at the end
 * @param heapBytes that the threads which allocate and free the objects have allocated on the Java heap
 */
public record AeronUse(long cached, long live, long heapBytes) {

    static AeronUse of(SlabCache cache, long heapBytes) {
        SlabCacheStats stats = cache.stats();
        return new AeronUse(stats.cachedObjects(), stats.liveObjects(), heapBytes);
    }

    /** Returns the bytes that the calling thread has allocated so far. */
    static long heapOfThread() {
        return ((ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
    }
}

package io.slabcache.bench.subject;

import io.slabcache.bench.workload.Subject;
import io.slabcache.diagnostics.Debug;

/**
 * A debugged Slabcache that records thread, time and stack of each allocation and free.
 *
 * <p>{@code java -jar allocator-bench.jar jmh 'SlabcacheDebugTracking\.' -prof gc}
 */
@Subject(
        id = "slabcache-debug-tracking",
        group = Subject.Group.SAFETY,
        about = "SlabCache, MemorySegment, debug TRACKING",
        plainForm = "slabcache-segment-unchecked")
public class SlabcacheDebugTracking extends SlabcacheDebugged {

    public SlabcacheDebugTracking() {
        super(Debug.TRACKING);
    }
}

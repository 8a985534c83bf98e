package io.slabcache.bench.subject;

import io.slabcache.bench.workload.Subject;
import io.slabcache.diagnostics.Debug;

/**
 * A debugged Slabcache that finds writes outside of its objects.
 *
 * <p>{@code java -jar allocator-bench.jar jmh 'SlabcacheDebugRedzones\.' -prof gc}
 */
@Subject(
        id = "slabcache-debug-redzones",
        group = Subject.Group.SAFETY,
        about = "SlabCache, MemorySegment, debug REDZONES",
        plainForm = "slabcache-segment-unchecked")
public class SlabcacheDebugRedzones extends SlabcacheDebugged {

    public SlabcacheDebugRedzones() {
        super(Debug.REDZONES);
    }
}

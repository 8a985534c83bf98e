package io.slabcache.bench.subject;

import io.slabcache.bench.workload.Subject;
import io.slabcache.diagnostics.Debug;

/**
 * A debugged Slabcache that compares the free maps at each step: the least cost of debugging.
 *
 * <p>{@code java -jar allocator-bench.jar jmh 'SlabcacheDebugSanity\.' -prof gc}
 */
@Subject(
        id = "slabcache-debug-sanity",
        group = Subject.Group.SAFETY,
        about = "SlabCache, MemorySegment, debug SANITY",
        plainForm = "slabcache-segment-unchecked")
public class SlabcacheDebugSanity extends SlabcacheDebugged {

    public SlabcacheDebugSanity() {
        super(Debug.SANITY);
    }
}

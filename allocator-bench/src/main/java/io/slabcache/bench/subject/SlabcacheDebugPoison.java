package io.slabcache.bench.subject;

import io.slabcache.bench.workload.Subject;
import io.slabcache.diagnostics.Debug;

/**
 * A debugged Slabcache that finds writes after free.
 *
 * <p>{@code java -jar allocator-bench.jar jmh 'SlabcacheDebugPoison\.' -prof gc}
 */
@Subject(
        id = "slabcache-debug-poison",
        group = Subject.Group.SAFETY,
        about = "SlabCache, MemorySegment, debug POISON",
        plainForm = "slabcache-segment-unchecked")
public class SlabcacheDebugPoison extends SlabcacheDebugged {

    public SlabcacheDebugPoison() {
        super(Debug.POISON);
    }
}

package io.slabcache.bench.subject;

import io.slabcache.bench.workload.Subject;
import io.slabcache.diagnostics.Debug;

/**
 * A debugged Slabcache with all modes of {@code -Dslabcache.debug} without letters.
 *
 * <p>{@code java -jar allocator-bench.jar jmh 'SlabcacheDebugFzpu\.' -prof gc}
 */
@Subject(
        id = "slabcache-debug-fzpu",
        group = Subject.Group.SAFETY,
        about = "SlabCache, MemorySegment, debug SANITY, REDZONES, POISON, TRACKING",
        plainForm = "slabcache-segment-unchecked")
public class SlabcacheDebugFzpu extends SlabcacheDebugged {

    public SlabcacheDebugFzpu() {
        super(Debug.SANITY, Debug.REDZONES, Debug.POISON, Debug.TRACKING);
    }
}

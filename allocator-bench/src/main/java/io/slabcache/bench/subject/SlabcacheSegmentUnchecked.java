package io.slabcache.bench.subject;

import io.slabcache.SlabCacheBuilder;
import io.slabcache.bench.workload.Subject;
import io.slabcache.diagnostics.Checks;

/**
 * Segments from an unchecked Slabcache that all threads share.
 *
 * <p>{@code java -jar allocator-bench.jar jmh 'SlabcacheSegmentUnchecked\.' -prof gc}
 */
@Subject(
        id = "slabcache-segment-unchecked",
        group = Subject.Group.SAFETY,
        about = "SlabCache, MemorySegment, Checks.NONE")
public class SlabcacheSegmentUnchecked extends SlabcacheSegment {

    @Override
    SlabCacheBuilder builder() {
        return super.builder().checks(Checks.NONE);
    }
}

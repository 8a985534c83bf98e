package io.slabcache.bench.subject;

import io.slabcache.SlabCacheBuilder;
import io.slabcache.bench.workload.Subject;

/**
 * A Slabcache without magazines: every call takes the lock of the slab lists. The difference to {@link
 * SlabcacheSegment} is the benefit of the magazines, which a debugged cache gives up.
 *
 * <p>{@code java -jar allocator-bench.jar jmh 'SlabcacheLocked\.' -prof gc}
 */
@Subject(
        id = "slabcache-locked",
        group = Subject.Group.SLABCACHE,
        about = "SlabCache, MemorySegment, standard checks, lockless(false)",
        plainForm = "slabcache-segment-unchecked")
public class SlabcacheLocked extends SlabcacheSegment {

    @Override
    SlabCacheBuilder builder() {
        return super.builder().lockless(false);
    }
}

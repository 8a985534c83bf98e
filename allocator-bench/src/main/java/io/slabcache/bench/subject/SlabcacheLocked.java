package io.slabcache.bench.subject;

import io.slabcache.SlabCacheBuilder;
import io.slabcache.bench.workload.Subject;

/**
 * A Slabcache without magazines: every call takes the lock of the slab lists. What {@link
 * SlabcacheSegment} gains over it is what the arrays in front of the lists are worth, and what a
 * debugged cache gives up before it looks at anything.
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

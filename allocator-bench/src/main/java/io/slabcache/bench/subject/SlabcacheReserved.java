package io.slabcache.bench.subject;

import io.slabcache.SlabCacheBuilder;
import io.slabcache.bench.workload.Subject;

/** {@link SlabcacheAddress} with a bound, all of it reserved: one slab has all objects. */
@Subject(
        id = "slabcache-reserved",
        group = Subject.Group.SLABCACHE,
        about = "SlabCache, raw addresses, standard checks, maxObjects and reserve")
public class SlabcacheReserved extends SlabcacheAddress {

    /** Enough for ten million scattered objects. */
    private static final int SMALL_OBJECTS = 10_100_000;

    private static final int SMALL = 64;
    private static final int LARGE_OBJECTS = 262_144;

    @Override
    SlabCacheBuilder builder() {
        int objects = objectSize <= SMALL ? SMALL_OBJECTS : LARGE_OBJECTS;
        return super.builder().maxObjects(objects).reserve(objects).handles(false);
    }
}

package io.slabcache.tests.jcstress;

import io.slabcache.SlabCache;
import io.slabcache.SlabCacheBuilder;
import io.slabcache.memory.MemorySource;

/** Caches of a few objects, cheap enough to make a new one for every sample. */
final class Caches {
    static final long OBJECT_BYTES = 64;

    /** The bound of {@link #bounded}. */
    static final int BOUND = 48;

    static final MemorySource RECYCLED = new RecycledMemory();

    private Caches() {}

    /** Returns a builder with a slab for each object, and two magazines and a spare object for each thread. */
    static SlabCacheBuilder withMagazinesOf(int capacity) {
        return builder(1).magazineCapacity(capacity).memory(RECYCLED);
    }

    /** Returns a builder without magazines, so that every call reaches the slab list. */
    static SlabCacheBuilder withoutMagazines(int maxObjects) {
        return builder(maxObjects).maxObjects(maxObjects).lockless(false).memory(RECYCLED);
    }

    /**
     * Returns a builder with magazines of one object for four owners: a cache gives a quarter of its objects to
     * magazines.
     */
    static SlabCacheBuilder bounded() {
        return builder(BOUND).maxObjects(BOUND).magazineCapacity(1).memory(RECYCLED);
    }

    /** Returns a builder of caches that really give their memory back, and so are slow to close. */
    static SlabCacheBuilder withRealMemory() {
        return builder(1).magazineCapacity(1);
    }

    private static SlabCacheBuilder builder(int objectsPerSlab) {
        return SlabCache.builder("sample", OBJECT_BYTES).slabBytes(objectsPerSlab * OBJECT_BYTES);
    }
}

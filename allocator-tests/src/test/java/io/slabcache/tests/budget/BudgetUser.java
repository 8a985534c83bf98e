package io.slabcache.tests.budget;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slabcache.SlabCache;
import io.slabcache.memory.MemoryBudget;
import io.slabcache.memory.MemorySource;

/** A budget of ten slabs, and caches that draw on it. */
abstract class BudgetUser {
    static final int OBJECTS = 64;
    static final long SLAB_BYTES = 64 * OBJECTS;

    /** With the cost of its alignment. */
    static final long REGION_BYTES = SLAB_BYTES + 48;

    static final int SLABS = 10;

    final MemoryBudget budget = MemoryBudget.ofBytes(SLABS * REGION_BYTES);
    final MemorySource memory = budget.limit(MemorySource.arena());

    SlabCache cache(String name) {
        return SlabCache.builder(name, 64).slabBytes(SLAB_BYTES).memory(memory).build();
    }

    /** Allocates objects for whole slabs. */
    static long[] take(SlabCache cache, int slabs) {
        long[] objects = new long[slabs * OBJECTS];
        assertTrue(cache.allocateBulk(objects, 0, objects.length));
        return objects;
    }

    static void free(SlabCache cache, long[] objects) {
        cache.freeBulk(objects, 0, objects.length);
    }
}

package io.slabcache.arrow;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.slabcache.SlabAllocator;
import io.slabcache.SlabAllocatorBuilder;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.junit.jupiter.api.AfterEach;

/** A root allocator of Arrow over a slab allocator. After each test, nothing may be live. */
abstract class ArrowMemory {
    final SlabAllocator memory = configure(SlabAllocator.builder("arrow")).build();
    final BufferAllocator root = rootOver(memory, Long.MAX_VALUE);

    SlabAllocatorBuilder configure(SlabAllocatorBuilder builder) {
        return builder;
    }

    static BufferAllocator rootOver(SlabAllocator memory, long limit) {
        return new RootAllocator(RootAllocator.configBuilder()
                .allocationManagerFactory(SlabAllocationManager.factory(memory))
                .maxAllocation(limit)
                .build());
    }

    long live() {
        return memory.stats().liveObjects() + memory.stats().largeObjects();
    }

    @AfterEach
    void nothingIsLost() {
        root.close();
        assertEquals(0, live());
        memory.close();
    }
}

package io.slabcache.tests.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.slabcache.SlabCache;
import io.slabcache.agrona.BufferPool;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** Pooled buffers of Agrona, and flyweights, leave no garbage in steady state. */
class AgronaGarbageTest {
    private static final int CALLS = 2_000;
    private static final int SIZE = 256;

    private final UnsafeBuffer[] buffers = new UnsafeBuffer[CALLS];

    private static SlabCache cache() {
        return SlabCache.builder("buffers", SIZE).build();
    }

    @Test
    void pairs() {
        try (SlabCache cache = cache()) {
            BufferPool pool = BufferPool.of(cache);
            assertEquals(0, GarbageTest.garbage(() -> {
                for (int i = 0; i < CALLS; i++) {
                    pool.free(pool.allocate());
                }
            }));
        }
    }

    @Test
    void waves() {
        try (SlabCache cache = cache()) {
            BufferPool pool = BufferPool.of(cache);
            assertEquals(0, GarbageTest.garbage(() -> {
                for (int i = 0; i < CALLS; i++) {
                    buffers[i] = pool.allocate();
                }
                for (int i = 0; i < CALLS; i++) {
                    pool.free(buffers[i]);
                }
            }));
        }
    }

    /** A user who wraps a buffer around something else costs its next owner nothing either. */
    @Test
    void wavesOfBuffersThatWereWrapped() {
        try (SlabCache cache = cache()) {
            BufferPool pool = BufferPool.of(cache);
            assertEquals(0, GarbageTest.garbage(() -> {
                for (int i = 0; i < CALLS; i++) {
                    buffers[i] = pool.allocate();
                    buffers[i].wrap(buffers[i].addressOffset(), SIZE / 2);
                }
                for (int i = 0; i < CALLS; i++) {
                    pool.free(buffers[i]);
                }
            }));
        }
    }

    @Test
    void bulks() {
        try (SlabCache cache = cache()) {
            BufferPool pool = BufferPool.of(cache);
            assertEquals(0, GarbageTest.garbage(() -> {
                pool.allocateBulk(buffers, 0, CALLS);
                pool.freeBulk(buffers, 0, CALLS);
            }));
        }
    }

    @Test
    void flyweights() {
        try (SlabCache cache = cache()) {
            BufferPool pool = BufferPool.of(cache);
            UnsafeBuffer flyweight = new UnsafeBuffer(0, 0);
            assertEquals(0, GarbageTest.garbage(() -> {
                for (int i = 0; i < CALLS; i++) {
                    long address = cache.allocateAddress();
                    pool.wrap(flyweight, address);
                    flyweight.putLong(0, i);
                    cache.freeAddress(address);
                }
            }));
        }
    }

    /** Known bad: a new buffer for each allocation. */
    @Test
    void newBuffersAreGarbage() {
        try (SlabCache cache = cache()) {
            assertNotEquals(0, GarbageTest.garbage(() -> {
                for (int i = 0; i < CALLS; i++) {
                    buffers[i] = new UnsafeBuffer(cache.allocateAddress(), SIZE);
                }
                for (int i = 0; i < CALLS; i++) {
                    cache.freeAddress(buffers[i].addressOffset());
                }
            }));
        }
    }
}

package io.slabcache.tests.threads;

import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.slabcache.SlabCache;
import io.slabcache.SlabCacheBuilder;
import io.slabcache.memory.MemorySource;
import io.slabcache.tests.support.Healthy;
import io.slabcache.tests.support.OtherThread;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;

/**
 * More virtual threads than there are stripes wait for memory that does not come, one of them inside user code. If they
 * held their stripes meanwhile, the next virtual thread could not even get back the object that it just freed.
 */
final class BlockedGrowth {
    /** The user code that blocks. */
    enum Where {
        MEMORY_SOURCE,
        CONSTRUCTOR
    }

    private static final int SIZE = 64;
    private static final int OBJECTS_PER_SLAB = 8;

    private final SlabCache cache;
    private final Pool pool;

    /** Null until growth must block. */
    private volatile CountDownLatch gate;

    BlockedGrowth(Where where, Function<SlabCache, Pool> way) {
        SlabCacheBuilder builder = SlabCache.builder("blocked", SIZE)
                .slabBytes(OBJECTS_PER_SLAB * SIZE)
                .magazineCapacity(4);
        MemorySource arena = MemorySource.arena();
        this.cache = switch (where) {
            case MEMORY_SOURCE ->
                builder.memory((bytes, alignment) -> {
                            passGate();
                            return arena.allocate(bytes, alignment);
                        })
                        .build();
            case CONSTRUCTOR -> builder.constructor(object -> passGate()).build();
        };
        this.pool = way.apply(cache);
    }

    private void passGate() {
        CountDownLatch closed = gate;
        if (closed != null) {
            try {
                closed.await();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }
    }

    /** Fails if a virtual thread cannot get its own object back while others wait for growth. */
    void check() {
        Queue<Long> objects = new ConcurrentLinkedQueue<>();
        // All objects, so that each further allocation has to wait.
        for (int i = 0; i < OBJECTS_PER_SLAB; i++) {
            OtherThread.runVirtual(() -> objects.add(pool.tryAllocate()));
        }
        long mine = objects.remove();
        gate = new CountDownLatch(1);
        List<Thread> waiting = new ArrayList<>();
        for (int i = 0; i < 8 * Runtime.getRuntime().availableProcessors() + 16; i++) {
            waiting.add(Thread.ofVirtual().start(() -> objects.add(pool.tryAllocate())));
        }
        try {
            waiting.forEach(BlockedGrowth::awaitWaiting);
            OtherThread.runVirtual(() -> freeAndAllocate(mine));
        } finally {
            gate.countDown();
            waiting.forEach(BlockedGrowth::awaitEnd);
        }
        objects.forEach(pool::free);
        Healthy.checkNothingLive(cache);
        cache.close();
    }

    private void freeAndAllocate(long object) {
        for (int i = 0; i < 100; i++) {
            pool.free(object);
            object = pool.tryAllocateCached();
            assertNotEquals(0, object, "no stripe is at hand, are all held by threads that wait?");
        }
        pool.free(object);
    }

    private static void awaitWaiting(Thread thread) {
        while (thread.isAlive() && thread.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }
    }

    private static void awaitEnd(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}

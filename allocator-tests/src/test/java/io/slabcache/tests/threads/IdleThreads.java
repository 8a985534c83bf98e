package io.slabcache.tests.threads;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slabcache.SlabCache;
import io.slabcache.diagnostics.CacheExhaustedException;
import io.slabcache.tests.support.Healthy;
import io.slabcache.tests.support.OtherThread;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.function.Executable;

/** Threads that cache as many objects as they can and idle, and one that wants the rest of a bounded cache. */
final class IdleThreads {
    private final SlabCache cache;
    private final Pool pool;
    private final long bound;

    /** The objects that were promised to idle threads, which keep them until the wanting thread has ended. */
    private long promised;

    IdleThreads(SlabCache cache, Pool pool) {
        this.cache = cache;
        this.pool = pool;
        this.bound = cache.stats().maxObjects();
    }

    /** Each thread caches, idles while later threads do the same, and at last allocates the objects that it was promised. */
    void check(int threads, Executable onTop) throws Throwable {
        if (threads == 0) {
            onTop.execute();
            return;
        }
        long used = pool.tryAllocate();
        assertNotEquals(0, used);
        pool.free(used);
        int mine = pool.prefill((int) bound);
        promised += mine;
        OtherThread.run(() -> check(threads - 1, onTop));
        allocateWhatWasPromised(mine);
    }

    private void allocateWhatWasPromised(int count) {
        List<Long> objects = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            long address = pool.tryAllocate();
            assertNotEquals(0, address, () -> "only " + objects.size() + " of " + count + " that prefill promised");
            objects.add(address);
        }
        objects.forEach(pool::free);
    }

    /** Allocates all available objects: at least three quarters of the cache, and exactly those not promised to others. */
    void wantEverything() {
        List<Long> objects = new ArrayList<>();
        for (long address; (address = pool.tryAllocate()) != 0; ) {
            objects.add(address);
        }
        int got = objects.size();
        CacheExhaustedException exhausted = assertThrows(CacheExhaustedException.class, cache::allocate);
        assertTrue(got >= bound - bound / 4, () -> "starved: got only " + got + " of " + bound);
        assertEquals(bound - promised, got);
        assertEquals(got, exhausted.liveObjects());
        assertEquals(promised, exhausted.cachedElsewhere());
        assertEquals(bound, exhausted.maxObjects());
        assertTrue(exhausted.getMessage().contains(promised + " cached by other threads"), exhausted.getMessage());
        Healthy.check(cache);
        objects.forEach(pool::free);
    }

    /** Returns the number of objects that the idle threads hold. */
    long promised() {
        return promised;
    }
}

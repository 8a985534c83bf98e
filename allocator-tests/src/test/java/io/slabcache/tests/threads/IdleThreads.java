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

/** Threads that cache what they can and idle, and one that wants all the rest of a bounded cache. */
final class IdleThreads {
    private final SlabCache cache;
    private final Pool pool;
    private final long bound;

    /** What the idle threads were promised, and what they keep to themselves until the wanting one is done. */
    private long promised;

    IdleThreads(SlabCache cache, Pool pool) {
        this.cache = cache;
        this.pool = pool;
        this.bound = cache.stats().maxObjects();
    }

    /** Each of some threads caches, idles while those after it do the same, and at last allocates what it was promised. */
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

    /** Allocates all there is: three quarters at least, and to an object what nobody else was promised. */
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

    /** How much of the cache the idle threads hold. */
    long promised() {
        return promised;
    }
}

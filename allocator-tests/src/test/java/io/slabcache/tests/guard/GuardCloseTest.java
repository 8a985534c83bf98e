package io.slabcache.tests.guard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slabcache.SlabCache;
import io.slabcache.diagnostics.LiveObjectsException;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** When an allocation of a guarded object races with a close, one of the two is refused. */
class GuardCloseTest extends GuardContract {
    private static final int ROUNDS = 400;

    @Test
    void noThreadGetsAnObjectOfAClosedCache() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            SlabCache raced = builder().guardedSampling(1).lockless(false).build();
            raced.free(raced.allocate());
            AtomicReference<MemorySegment> got = new AtomicReference<>();
            CyclicBarrier start = new CyclicBarrier(2);
            Thread thread = Thread.ofPlatform().start(() -> allocate(raced, start, got));
            start.await();
            boolean isClosed = close(raced);
            thread.join();
            assertEquals(got.get() == null, isClosed, "round " + round);
            if (!isClosed) {
                assertTrue(got.get().scope().isAlive());
                raced.free(got.get());
                raced.close();
            }
        }
    }

    private static void allocate(SlabCache cache, CyclicBarrier start, AtomicReference<MemorySegment> got) {
        try {
            start.await();
            got.set(cache.allocate());
        } catch (IllegalStateException e) {
            got.set(null);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static boolean close(SlabCache cache) {
        try {
            cache.close();
            return true;
        } catch (LiveObjectsException e) {
            return false;
        }
    }
}

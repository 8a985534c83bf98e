package io.slabcache.tests.threads;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slabcache.SlabCache;
import io.slabcache.memory.MemoryRegion;
import io.slabcache.memory.MemorySource;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.Test;

/**
 * While one thread gives memory back, which takes long, another thread allocates memory and reads statistics without
 * waiting for the whole shrink. The check must catch a lock that is held throughout.
 */
class ShrinkWaitTest {
    private static final int REGIONS = 60;
    private static final Duration CLOSE_OF_ONE = Duration.ofMillis(20);

    /** The duration of the shrink, and the longest wait of another thread meanwhile. */
    private record Waits(long shrinkNanos, long longestNanos) {}

    /** A source whose regions close slowly. */
    private static MemoryRegion allocate(long bytes, long alignment) {
        MemoryRegion region = MemorySource.arena().allocate(bytes, alignment);
        return new MemoryRegion() {
            @Override
            public MemorySegment segment() {
                return region.segment();
            }

            @Override
            public void close() {
                try {
                    Thread.sleep(CLOSE_OF_ONE);
                } catch (InterruptedException e) {
                    throw new AssertionError(e);
                }
                region.close();
            }
        };
    }

    /** Measures with locks that the shrinking and the growing thread hold, in place of a cache's own locks. */
    private static Waits measure(Lock shrinking, Lock growing) throws InterruptedException {
        try (SlabCache cache = SlabCache.builder("large", 1024)
                .slabBytes(1024)
                .lockless(false)
                .memory(ShrinkWaitTest::allocate)
                .build()) {
            long[] objects = new long[REGIONS];
            assertTrue(cache.allocateBulk(objects, 0, REGIONS));
            cache.freeBulk(objects, 0, REGIONS);
            AtomicBoolean over = new AtomicBoolean();
            long[] shrink = new long[1];
            Thread shrinker = Thread.ofPlatform().start(() -> {
                long start = System.nanoTime();
                shrinking.lock();
                try {
                    assertEquals(REGIONS * 1024L, cache.shrink());
                } finally {
                    shrinking.unlock();
                }
                shrink[0] = System.nanoTime() - start;
                over.set(true);
            });
            while (cache.stats().totalObjects() == REGIONS) {
                Thread.onSpinWait();
            }
            long longest = 0;
            while (!over.get()) {
                long start = System.nanoTime();
                growing.lock();
                try {
                    cache.stats();
                    // Each allocation makes the cache grow.
                    cache.freeAddress(cache.allocateAddress());
                    longest = Math.max(longest, System.nanoTime() - start);
                } finally {
                    growing.unlock();
                }
                Thread.sleep(1);
            }
            shrinker.join();
            return new Waits(shrink[0], longest);
        }
    }

    /** Generous: the real wait is at most a sixtieth of the shrink. */
    private static boolean isShort(Waits waits) {
        return waits.longestNanos < waits.shrinkNanos / 4;
    }

    @Test
    void noThreadWaitsForMoreThanAPartOfAShrink() throws InterruptedException {
        Waits waits = measure(new ReentrantLock(), new ReentrantLock());
        assertTrue(waits.shrinkNanos >= REGIONS * CLOSE_OF_ONE.toNanos(), waits::toString);
        assertTrue(isShort(waits), waits::toString);
    }

    @Test
    void aLockThatIsHeldForTheWholeShrinkIsCaught() throws InterruptedException {
        Lock one = new ReentrantLock();
        Waits waits = measure(one, one);
        assertFalse(isShort(waits), waits::toString);
    }
}

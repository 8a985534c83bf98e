package io.slabcache.tests.handles;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slabcache.GenerationHandles;
import io.slabcache.SlabCache;
import io.slabcache.diagnostics.InvalidFreeException;
import io.slabcache.tests.support.Cookies;
import io.slabcache.tests.support.Healthy;
import io.slabcache.tests.support.Workers;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A handle has one owner, and is stale after its free. Many threads put handles into a table, take out those of other
 * threads, and remember what they freed.
 */
class GenerationHandOverTest {
    private static final int PLACES = 256;
    private static final int THREADS = 4;
    private static final int STEPS = 10_000;
    private static final int REMEMBERED = 64;

    private final AtomicLongArray table = new AtomicLongArray(PLACES);
    private final AtomicLong refused = new AtomicLong();

    @ParameterizedTest(name = "lockless {0}")
    @ValueSource(booleans = {true, false})
    void aHandleHasOneOwnerAndIsStaleEverAfter(boolean lockless) {
        try (SlabCache cache = SlabCache.builder("table", 40)
                .lockless(lockless)
                .magazineCapacity(16)
                .slabBytes(40 * 100)
                .build()) {
            Workers workers = new Workers();
            for (int i = 0; i < THREADS; i++) {
                long seed = i;
                workers.platform(() -> work(cache.local().generations(), seed));
                workers.virtual(() -> work(cache.generations(), THREADS + seed));
            }
            workers.run();
            GenerationHandles handles = cache.generations();
            for (int i = 0; i < PLACES; i++) {
                if (table.get(i) != 0) {
                    consume(handles, table.get(i));
                }
            }
            Healthy.checkNothingLive(cache);
            assertEquals(refused.get(), cache.stats().misuses());
            assertTrue(refused.get() > 0);
        }
    }

    private void work(GenerationHandles handles, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        long[] freed = new long[REMEMBERED];
        for (int step = 0; step < STEPS; step++) {
            long mine = handles.allocate();
            Cookies.write(handles.segment(mine), mine);
            long theirs = table.getAndSet(random.nextInt(PLACES), mine);
            if (theirs != 0) {
                consume(handles, theirs);
                freed[step % REMEMBERED] = theirs;
            }
            long stale = freed[random.nextInt(REMEMBERED)];
            if (stale != 0) {
                assertFalse(handles.isLive(stale), "a stale handle was called live");
                assertThrows(InvalidFreeException.class, () -> handles.free(stale));
                refused.incrementAndGet();
            }
        }
    }

    private static void consume(GenerationHandles handles, long handle) {
        Cookies.check(handles.segment(handle), handle);
        Cookies.write(handles.segment(handle), ~handle);
        Cookies.check(handles.segment(handle), ~handle);
        handles.free(handle);
    }
}

package io.slabcache.tests.threads;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slabcache.ObjectAllocator;
import io.slabcache.SlabCache;
import io.slabcache.diagnostics.LiveObjectsException;
import io.slabcache.tests.support.Access;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * One thread retries a close until it finds no live object, while another thread allocates and frees. Refused closes,
 * and calls undone in the middle, leave the counts exact.
 */
class CloseAmidAllocationsTest {
    private static final int CACHES = 10;
    private static final int SIZE = 64;

    @ParameterizedTest(name = "{0}, lockless {1}")
    @CsvSource({
        "CACHE, true",
        "CACHE, false",
        "LOCAL_CACHE, true",
        "CACHE_ON_VIRTUAL_THREAD, true",
        "CACHE_ON_VIRTUAL_THREAD, false"
    })
    void countsStayExact(Access access, boolean lockless) throws Throwable {
        for (int i = 0; i < CACHES; i++) {
            SlabCache cache = SlabCache.builder("closed amid", SIZE)
                    .lockless(lockless)
                    .magazineCapacity(2)
                    .build();
            FutureTask<Void> closes = new FutureTask<>(() -> closeAtLast(cache), null);
            long[] freed = new long[1];
            access.run(() -> {
                ObjectAllocator allocator = access.to(cache);
                Thread.ofPlatform().start(closes);
                freed[0] = work(allocator, cache);
            });
            closes.get();
            assertEquals(freed[0], cache.stats().frees(), () -> "frees of " + cache);
            assertEquals(freed[0], cache.stats().allocations(), () -> "allocations of " + cache);
        }
    }

    private static void closeAtLast(SlabCache cache) {
        while (true) {
            try {
                cache.close();
                return;
            } catch (LiveObjectsException e) {
                // Objects are live; retry.
            }
        }
    }

    /** Returns how many objects it allocated and freed. */
    private static long work(ObjectAllocator allocator, SlabCache cache) {
        long[] held = new long[3];
        long freed = 0;
        while (true) {
            try {
                held[0] = allocator.allocateAddress();
            } catch (IllegalStateException e) {
                assertEquals(cache + " is closed", e.getMessage());
                assertThrows(IllegalStateException.class, allocator::tryAllocate);
                return freed;
            }
            held[1] = allocator.allocateAddress();
            held[2] = allocator.allocateAddress();
            for (long address : held) {
                assertTrue(cache.owns(address), "it is live");
                assertFalse(cache.owns(address + SIZE / 2), "within it");
                allocator.freeAddress(address);
                freed++;
            }
        }
    }
}

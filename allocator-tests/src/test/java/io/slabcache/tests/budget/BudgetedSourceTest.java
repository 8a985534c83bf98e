package io.slabcache.tests.budget;

import static io.slabcache.tests.support.Texts.assertSays;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.slabcache.Lease;
import io.slabcache.SlabCache;
import io.slabcache.SlabCacheBuilder;
import io.slabcache.memory.MemoryBudget;
import io.slabcache.memory.MemoryRegion;
import io.slabcache.memory.MemorySource;
import io.slabcache.tests.support.Collector;
import io.slabcache.tests.support.LogCapture;
import io.slabcache.tests.support.ScriptedSource;
import java.lang.foreign.Arena;
import java.lang.ref.WeakReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Sources and regions under a budget: what is counted when they fail, are closed, on lease or abandoned. */
@Timeout(60)
class BudgetedSourceTest extends BudgetUser {
    @Test
    void aClosedCacheHasReturnedEverything() {
        SlabCache closed = cache("closed");
        take(closed, SLABS);
        closed.closeNow();
        assertEquals(0, budget.usedBytes());
        try (SlabCache next = cache("next")) {
            free(next, take(next, SLABS));
            assertFalse(assertThrows(OutOfMemoryError.class, () -> {
                        while (true) {
                            next.allocate();
                        }
                    })
                    .getMessage()
                    .contains("closed"));
            next.closeNow();
        }
    }

    @Test
    void memoryOnLeaseStaysCountedUntilTheSecondClose() {
        SlabCache cache = cache("leased");
        Lease lease = cache.allocateLeased();
        assertThrows(IllegalStateException.class, cache::closeNow);
        assertEquals(REGION_BYTES, budget.usedBytes());
        // Says that the cache is closed, and ends the lease.
        assertThrows(IllegalStateException.class, lease::close);
        cache.close();
        assertEquals(0, budget.usedBytes());
    }

    /** The caller has nothing to do with the cache whose region fails. */
    @Test
    void aRegionThatCannotBeClosedDoesNotDisturbTheCaller() {
        MemorySource failing = budget.limit((bytes, alignment) -> {
            MemoryRegion region = MemorySource.arena().allocate(bytes, alignment);
            return new ScriptedSource.Region(region.segment(), () -> {
                throw new UnsupportedOperationException("never");
            });
        });
        try (LogCapture log = new LogCapture();
                SlabCache poor = cache("poor")) {
            SlabCache bad = SlabCache.builder("bad", 64)
                    .slabBytes(SLAB_BYTES)
                    .memory(failing)
                    .build();
            free(bad, take(bad, 2));
            bad.flush();
            long[] objects = take(poor, SLABS - 2);
            assertNull(poor.tryAllocate());
            assertNull(poor.tryAllocate());
            assertNull(poor.tryAllocate());
            assertEquals(0, bad.stats().slabs());
            assertEquals(1, log.records().size());
            // The regions of the failing source have no overhead.
            assertEquals((SLABS - 2) * REGION_BYTES + 2 * SLAB_BYTES, budget.usedBytes());
            free(poor, objects);
            bad.close();
        }
        assertEquals(2 * SLAB_BYTES, budget.usedBytes());
    }

    /** Regions under a budget are looked at as without one. */
    @Test
    void aRegionThatIsGivenTwiceOrSharesItsArenaIsRefused() {
        Arena arena = Arena.ofShared();
        MemoryRegion twice = MemoryRegion.of(arena, arena.allocate(SLAB_BYTES, 64));
        assertRefusesTheSecond((bytes, alignment) -> twice, "overlaps the live region");
        Arena shared = Arena.ofShared();
        assertRefusesTheSecond(
                (bytes, alignment) -> MemoryRegion.of(shared, shared.allocate(bytes, alignment)),
                "ends together with a live slab");
    }

    private void assertRefusesTheSecond(MemorySource source, String why) {
        SlabCache cache = SlabCache.builder("bad", 64)
                .slabBytes(SLAB_BYTES)
                .memory(budget.limit(source))
                .build();
        long[] objects = take(cache, 1);
        assertSays(assertThrows(IllegalStateException.class, cache::tryAllocate).getMessage(), why);
        assertEquals(OBJECTS, cache.stats().liveObjects());
        cache.segment(objects[0]).fill((byte) 1);
        cache.closeNow();
    }

    @Test
    void anAbandonedCacheIsCollectedAndItsMemoryNamed() throws InterruptedException {
        try (LogCapture log = new LogCapture();
                SlabCache poor = cache("poor")) {
            WeakReference<SlabCache> abandoned = abandon();
            Collector.collectUntil(() -> abandoned.refersTo(null));
            String message = "";
            for (int i = 0; i < 200 && !message.contains("abandoned)"); i++) {
                System.gc();
                Thread.sleep(10);
                take(poor, SLABS - 4 - poor.stats().slabs());
                message = assertThrows(OutOfMemoryError.class, poor::allocate).getMessage();
            }
            assertSays(message, "cache 'abandoned' " + 4 * REGION_BYTES + " (closed or abandoned)");
            assertEquals(budget.limitBytes(), budget.usedBytes());
            assertEquals(
                    1,
                    log.records().stream()
                            .filter(record -> record.getMessage().contains("cache 'abandoned'"))
                            .count());
            poor.closeNow();
        }
        assertEquals(4 * REGION_BYTES, budget.usedBytes());
    }

    private WeakReference<SlabCache> abandon() {
        SlabCache cache = cache("abandoned");
        take(cache, 4);
        return new WeakReference<>(cache);
    }

    @Test
    void theErrorOfTheMachineStillPassesThrough() {
        OutOfMemoryError noMemory = new OutOfMemoryError("machine");
        try (SlabCache cache = SlabCache.builder("poor", 64)
                .slabBytes(SLAB_BYTES)
                .memory(budget.limit((bytes, alignment) -> {
                    throw noMemory;
                }))
                .build()) {
            assertSame(noMemory, assertThrows(OutOfMemoryError.class, cache::tryAllocate));
            assertEquals(0, budget.usedBytes());
        }
    }

    @Test
    void aBudgetSmallerThanOneSlabIsRefusedWhenTheCacheIsBuilt() {
        MemorySource memory = MemoryBudget.ofBytes(SLAB_BYTES + 47).limit(MemorySource.arena());
        SlabCacheBuilder builder =
                SlabCache.builder("large", 64).slabBytes(SLAB_BYTES).memory(memory);
        String message =
                assertThrows(IllegalArgumentException.class, builder::build).getMessage();
        assertSays(
                message,
                "the memory budget of cache 'large' is 4143 bytes; expected at least 4144, one slab; raise the limit of the"
                        + " budget, or lower slabBytes");
        try (SlabCache small = builder.maxObjects(10).build()) {
            assertNotNull(small.tryAllocate());
            small.closeNow();
        }
    }
}

package io.slabcache.tests.growth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slabcache.Keeper;
import io.slabcache.SlabCache;
import io.slabcache.memory.MemoryBudget;
import io.slabcache.memory.MemorySource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is made ahead of need takes nothing from other caches of a spent budget, nor from the cache itself. */
@Timeout(60)
class KeeperUnderBudgetTest {
    private static final long MEBIBYTE = 1 << 20;

    private final AtomicInteger made = new AtomicInteger();
    private final MemorySource counted = (bytes, alignment) -> {
        made.incrementAndGet();
        return MemorySource.arena().allocate(bytes, alignment);
    };

    @Test
    void keepersOfSeveralCachesComeToRest() {
        Keeper keeper = new Keeper();
        MemorySource memory = MemoryBudget.ofBytes(16 * MEBIBYTE).limit(counted);
        List<SlabCache> caches = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            caches.add(SlabCache.builder("kept" + i, 128)
                    .growAhead(60_000)
                    .memory(memory)
                    .keeper(keeper)
                    .build());
        }
        for (int i = 0; i < 1000; i++) {
            keeper.doWork();
        }
        assertTrue(made.get() < 50, () -> made + " slabs, where 16 MiB have some twenty");
        caches.forEach(SlabCache::close);
    }

    @Test
    void aReserveThatDoesNotFitKeepsWhatIsThere() {
        MemoryBudget budget = MemoryBudget.ofBytes(8 * MEBIBYTE);
        try (SlabCache cache =
                SlabCache.builder("reserved", 128).memory(budget.limit(counted)).build()) {
            long reserved = cache.reserve(30_000);
            assertThrows(OutOfMemoryError.class, () -> cache.reserve(60_000));
            assertTrue(cache.stats().totalObjects() >= reserved);
        }
        assertEquals(0, budget.usedBytes());
    }

    @Test
    void aReserveTakesWhatOtherCachesDoNotUse() {
        MemoryBudget budget = MemoryBudget.ofBytes(8 * MEBIBYTE);
        MemorySource memory = budget.limit(counted);
        try (SlabCache rich = SlabCache.builder("rich", 128)
                        .slabBytes(MEBIBYTE)
                        .memory(memory)
                        .build();
                SlabCache poor = SlabCache.builder("poor", 128)
                        .slabBytes(MEBIBYTE / 2)
                        .memory(memory)
                        .build()) {
            rich.reserve(50_000);
            assertTrue(poor.reserve(20_000) >= 20_000);
        }
    }
}

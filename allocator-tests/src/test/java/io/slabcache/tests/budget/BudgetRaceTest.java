package io.slabcache.tests.budget;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slabcache.SlabCache;
import io.slabcache.memory.MemoryBudget;
import io.slabcache.memory.MemoryRegion;
import io.slabcache.memory.MemorySource;
import io.slabcache.tests.support.Workers;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Eight threads over three caches never make the regions of a budget exceed it, and the caches stay whole. */
@Timeout(120)
class BudgetRaceTest {
    private static final int THREADS = 8;
    private static final int ROUNDS = 400;
    private static final long SLAB_BYTES = 4096;
    private static final int RUNS = 20;
    private static final long LIMIT = 12 * (SLAB_BYTES + 48);

    /** A source that counts what it has handed out, by itself. */
    private static final class Meter implements MemorySource {
        private final AtomicLong out = new AtomicLong();
        private final AtomicLong most = new AtomicLong();

        @Override
        public MemoryRegion allocate(long bytes, long alignment) {
            MemoryRegion region = MemorySource.arena().allocate(bytes, alignment);
            long all = bytes + region.overheadBytes();
            most.accumulateAndGet(out.addAndGet(all), Math::max);
            return new Metered(region, all, out);
        }

        @Override
        public long regionBytes(long bytes, long alignment) {
            return MemorySource.arena().regionBytes(bytes, alignment);
        }
    }

    private record Metered(MemoryRegion region, long all, AtomicLong out) implements MemoryRegion {
        @Override
        public MemorySegment segment() {
            return region.segment();
        }

        @Override
        public long overheadBytes() {
            return region.overheadBytes();
        }

        @Override
        public void close() {
            out.addAndGet(-all);
            region.close();
        }
    }

    /** Known bad: looks, waits, and then adds. */
    private static MemorySource checkThenAct(MemorySource source) {
        AtomicLong used = new AtomicLong();
        return (bytes, alignment) -> {
            if (used.get() + bytes > LIMIT) {
                throw new OutOfMemoryError("bad budget is spent");
            }
            Thread.yield();
            used.addAndGet(bytes);
            MemoryRegion region = source.allocate(bytes, alignment);
            return new Metered(region, bytes, used);
        };
    }

    private record Result(long most, long left, long served, long refused) {}

    private static Result run(UnaryOperator<MemorySource> limit) {
        Meter meter = new Meter();
        MemorySource memory = limit.apply(meter);
        LongAdder served = new LongAdder();
        LongAdder refused = new LongAdder();
        List<SlabCache> caches = new ArrayList<>();
        for (int size : new int[] {32, 64, 256}) {
            caches.add(SlabCache.builder("race " + size, size)
                    .slabBytes(SLAB_BYTES)
                    .memory(memory)
                    .build());
        }
        Workers workers = new Workers();
        for (int i = 0; i < THREADS; i++) {
            int number = i;
            workers.platform(() -> {
                for (int round = 0; round < ROUNDS; round++) {
                    SlabCache cache = caches.get((number + round) % caches.size());
                    long[] objects = new long[(int) (SLAB_BYTES / cache.objectSize()) * (1 + round % 3)];
                    if (allocates(cache, objects)) {
                        served.increment();
                        cache.freeBulk(objects, 0, objects.length);
                    } else {
                        refused.increment();
                    }
                    if (round % 5 == 0) {
                        cache.flush();
                    }
                }
            });
        }
        workers.run();
        for (SlabCache cache : caches) {
            assertTrue(
                    cache.validate().isClean(),
                    () -> cache.validate().findings().toString());
            assertEquals(0, cache.stats().liveObjects());
            cache.close();
        }
        return new Result(meter.most.get(), meter.out.get(), served.sum(), refused.sum());
    }

    private static boolean allocates(SlabCache cache, long[] objects) {
        try {
            return cache.allocateBulk(objects, 0, objects.length);
        } catch (OutOfMemoryError e) {
            // Of the bad budget, which the caches do not know.
            return false;
        }
    }

    @Test
    void theLimitIsNeverExceeded() {
        MemoryBudget budget = MemoryBudget.ofBytes(LIMIT);
        long refused = 0;
        // On a busy machine the threads may work one after the other, and so never need more than the limit.
        for (int i = 0; i < RUNS && refused == 0; i++) {
            Result result = run(budget::limit);
            assertTrue(result.most <= LIMIT, result::toString);
            assertTrue(result.served > 0, result::toString);
            assertEquals(0, result.left);
            assertEquals(0, budget.usedBytes());
            refused = result.refused;
        }
        assertTrue(refused > 0, "the limit was never reached");
    }

    @Test
    void aBudgetThatLooksBeforeItAddsIsCaught() {
        long most = 0;
        for (int i = 0; i < RUNS && most <= LIMIT; i++) {
            // Its bytes are those asked for, so its limit in regions is the same.
            most = run(BudgetRaceTest::checkThenAct).most;
        }
        assertTrue(most > LIMIT, "at most " + most);
    }
}

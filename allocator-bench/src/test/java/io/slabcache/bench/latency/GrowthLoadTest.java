package io.slabcache.bench.latency;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

/**
 * A stall counts for every call that it held up, and not only for the one that stalled. The known-bad twin is {@link
 * GrowthLoad#calls}, which counts from the beginning of the call.
 */
class GrowthLoadTest {

    private static final int OBJECTS = 8_000;
    private static final double INTERVAL = 10_000;
    private static final long STALL = TimeUnit.MILLISECONDS.toNanos(10);

    /** A stall of 10 ms holds up 1,000 operations; each later one catches up 9 us, so it lasts for 1,100. */
    @Test
    void countsTheCallsThatAStallHeldUp() {
        GrowthLoad load = grow(new PlantedStall(4_000, STALL), INTERVAL);
        Histogram corrected = load.allocations.histogram();
        double late = above100us(corrected);
        assertEquals(1_100 * 5.0 / 6, late, 30, "five operations of six are allocations");
        assertEquals(1_100 / 6.0, above100us(load.frees.histogram()), 6, "frees are held up, too");
        double middle = 100 - 100 * late / 2 / corrected.getTotalCount();
        assertEquals(STALL / 2.0, corrected.getValueAtPercentile(middle), STALL / 20.0, "the delay shrinks evenly");
        assertEquals(STALL, corrected.getMaxValue(), STALL / 100.0);
    }

    @Test
    void withoutCorrectionTheStallIsMissed() {
        GrowthLoad load = grow(new PlantedStall(4_000, STALL), INTERVAL);
        Histogram uncorrected = load.calls.histogram();
        assertEquals(1, above100us(uncorrected));
        assertTrue(uncorrected.getValueAtPercentile(99.9) < 2_000, "p99.9 shows nothing of it");
        assertTrue(load.allocations.histogram().getValueAtPercentile(99) > STALL / 2, "and p99 does, corrected");
    }

    @Test
    void keepsTheRate() {
        PlantedStall allocator = new PlantedStall(-1, 0);
        GrowthLoad load = new GrowthLoad(allocator, allocator);
        long nanos = load.grow(OBJECTS, INTERVAL, Long.MAX_VALUE);
        assertEquals(OBJECTS * INTERVAL * 6 / 4, nanos, 2 * INTERVAL);
        assertEquals(INTERVAL, GrowthLoad.intervalNanos(1e9 * 4 / 6 / INTERVAL), 1e-6);
        assertTrue(load.gaps.histogram().getMaxValue() <= 20, "only the readings of the clock");
        assertTrue(load.allocations.histogram().getMaxValue() < 2_000, "none was late");
    }

    @Test
    void withoutARateEachCallCountsFromItsBeginning() {
        GrowthLoad load = grow(new PlantedStall(4_000, STALL), 0);
        Histogram times = load.allocations.histogram();
        assertEquals(1, above100us(times));
        assertEquals(STALL, times.getMaxValue(), STALL / 100.0);
        assertEquals(0, load.gaps.histogram().getTotalCount());
    }

    @Test
    void stopsWhereItIsWhenItTakesTooLong() {
        PlantedStall allocator = new PlantedStall(-1, 0);
        GrowthLoad load = new GrowthLoad(allocator, allocator);
        load.grow(OBJECTS, INTERVAL, (long) (60 * INTERVAL));
        assertEquals(40, load.live(), 4);
        assertEquals(load.live(), allocator.live());
        load.freeAll(1);
        assertTrue(load.live() > 0);
        load.freeAll(Long.MAX_VALUE);
        assertEquals(0, allocator.live());
    }

    private static long above100us(Histogram times) {
        return times.getTotalCount() - times.getCountBetweenValues(0, TimeUnit.MICROSECONDS.toNanos(100));
    }

    private static GrowthLoad grow(PlantedStall allocator, double interval) {
        GrowthLoad load = new GrowthLoad(allocator, allocator);
        load.grow(OBJECTS, interval, Long.MAX_VALUE);
        assertEquals(OBJECTS, allocator.live());
        assertEquals(OBJECTS * 5 / 4, load.allocations.histogram().getTotalCount());
        assertEquals(OBJECTS / 4, load.frees.histogram().getTotalCount());
        return load;
    }
}

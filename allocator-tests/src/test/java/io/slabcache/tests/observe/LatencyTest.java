package io.slabcache.tests.observe;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.slabcache.SlabCache;
import io.slabcache.diagnostics.Latency;
import io.slabcache.diagnostics.SlabCacheStats;
import io.slabcache.diagnostics.SlowStep;
import io.slabcache.memory.MemorySource;
import io.slabcache.tests.support.Workers;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The histograms of slow steps: which steps count, and that a time is found in the right place. */
@Timeout(60)
class LatencyTest {
    private static final long SLOW_NANOS = 30_000_000;
    private static final int OBJECTS = 10_000;

    private static Latency of(long... nanos) {
        long[] counts = new long[Latency.BUCKETS];
        for (long each : nanos) {
            counts[Latency.bucket(each)]++;
        }
        return new Latency(
                counts, Arrays.stream(nanos).sum(), Arrays.stream(nanos).max().orElse(0));
    }

    @Test
    void eachTimeIsInTheBucketThatEndsAboveIt() {
        for (int bucket = 0; bucket < Latency.BUCKETS - 1; bucket++) {
            assertEquals(bucket, Latency.bucket(Latency.end(bucket) - 1));
            assertEquals(bucket + 1, Latency.bucket(Latency.end(bucket)));
        }
        assertEquals(0, Latency.bucket(0));
        assertEquals(0, Latency.bucket(Long.MIN_VALUE));
        assertEquals(Latency.BUCKETS - 1, Latency.bucket(Long.MAX_VALUE));
        assertEquals(Long.MAX_VALUE, Latency.end(Latency.BUCKETS - 1));
    }

    /** Compared with the exact percentiles of random times. */
    @Test
    void aPercentileIsAtMostTwiceTooHighAndNeverTooLow() {
        Random random = new Random(17);
        long[] nanos = random.longs(10_000, 0, 20)
                .map(bits -> 128 + random.nextLong(1L << bits + 7))
                .toArray();
        Latency latency = of(nanos);
        Arrays.sort(nanos);
        for (double percent : new double[] {0.01, 1, 50, 90, 99, 99.9, 100}) {
            long exact = nanos[(int) Math.ceil(percent / 100 * nanos.length) - 1];
            long said = latency.percentile(percent);
            assertTrue(said >= exact && said <= 2 * exact, percent + ": " + said + " for " + exact);
        }
        assertEquals(nanos[nanos.length - 1], latency.percentile(100));
        assertEquals(nanos[nanos.length - 1], latency.longest());
        assertEquals(nanos.length, latency.count());
    }

    @Test
    void noTimeHasNoPercentile() {
        Latency none = of();
        assertEquals(0, none.count());
        assertEquals(0, none.percentile(99));
        assertEquals(0, none.longest());
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -1, 100.1, Double.NaN, Double.POSITIVE_INFINITY})
    void aPercentileOutOfRangeIsRefused(double percent) {
        assertThrows(IllegalArgumentException.class, () -> of(1).percentile(percent));
    }

    @Test
    void countsAreCopied() {
        long[] counts = new long[Latency.BUCKETS];
        Latency latency = new Latency(counts, 0, 0);
        counts[0] = 1;
        latency.counts()[0] = 1;
        assertArrayEquals(new long[Latency.BUCKETS], latency.counts());
        assertThrows(IllegalArgumentException.class, () -> new Latency(new long[3], 0, 0));
    }

    private static void pause() {
        long until = System.nanoTime() + SLOW_NANOS;
        for (long left = SLOW_NANOS; left > 0; left = until - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    /** A source that takes 30 ms for each region. */
    private static final MemorySource SLOW = (bytes, alignment) -> {
        pause();
        return MemorySource.arena().allocate(bytes, alignment);
    };

    @Test
    void growthAndItsStallTakeAsLongAsTheSource() {
        try (SlabCache cache = SlabCache.builder("slow", 64).memory(SLOW).build()) {
            cache.freeAddress(cache.allocateAddress());
            SlabCacheStats stats = cache.stats();
            for (SlowStep step : new SlowStep[] {SlowStep.GROWTH, SlowStep.GROWTH_STALL}) {
                Latency latency = stats.latency(step);
                assertEquals(stats.slabs(), latency.count(), stats::toString);
                assertTrue(latency.longest() >= SLOW_NANOS, stats::toString);
                assertTrue(latency.total() >= latency.longest(), stats::toString);
            }
            assertEquals(
                    stats.growthStalls(), stats.latency(SlowStep.GROWTH_STALL).count());
            assertTrue(stats.latency(SlowStep.GROWTH_STALL).longest() >= stats.longestGrowthStall(), stats::toString);
            assertTrue(stats.latency(SlowStep.REFILL).longest() < SLOW_NANOS, "growth is not a part of it: " + stats);
        }
    }

    @Test
    void refillsFlushesAndShrinksAreCounted() {
        try (SlabCache cache = SlabCache.builder("moves", 64).build()) {
            long[] objects = new long[OBJECTS];
            Arrays.setAll(objects, i -> cache.allocateAddress());
            Latency refills = cache.stats().latency(SlowStep.REFILL);
            assertTrue(refills.count() > 0 && refills.count() <= cache.stats().refills(), refills::toString);
            Arrays.stream(objects).forEach(cache::freeAddress);
            cache.flush();
            assertEquals(0, cache.stats().latency(SlowStep.SHRINK).count());
            assertTrue(cache.shrink() > 0);
            SlabCacheStats stats = cache.stats();
            assertTrue(stats.latency(SlowStep.FLUSH).count() > 0, stats::toString);
            assertEquals(1, stats.latency(SlowStep.SHRINK).count());
        }
    }

    /** What is not slow costs no reading of the clock. */
    @Test
    void callsThatFindWhatTheyNeedAreNotTimed() {
        try (SlabCache cache = SlabCache.builder("quick", 64).build()) {
            long[] objects = new long[100];
            for (int round = 0; round < 1000; round++) {
                Arrays.setAll(objects, i -> cache.allocateAddress());
                Arrays.stream(objects).forEach(cache::freeAddress);
            }
            SlabCacheStats stats = cache.stats();
            for (SlowStep step : SlowStep.values()) {
                assertTrue(stats.latency(step).count() < 10, stats::toString);
            }
        }
    }

    /** Threads on one lock: each sleep shows, and none is counted that was no wait. */
    @Test
    void sleepsForALockAreTimed() {
        try (SlabCache cache =
                SlabCache.builder("contended", 64).lockless(false).build()) {
            Workers workers = new Workers();
            for (int i = 0; i < 8; i++) {
                workers.platform(() -> {
                    long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(1);
                    while (System.nanoTime() < until) {
                        cache.freeAddress(cache.allocateAddress());
                    }
                });
            }
            workers.run();
            SlabCacheStats stats = cache.stats();
            Latency waits = stats.latency(SlowStep.LOCK_WAIT);
            assertTrue(waits.count() > 0 && waits.count() <= stats.contendedLocks(), stats::toString);
            assertTrue(waits.longest() >= 20_000, "the shortest sleep: " + stats);
        }
    }

    @Test
    void jsonHasTheStepsThatWereTaken() throws Exception {
        try (SlabCache cache = SlabCache.builder("json", 64).build()) {
            cache.freeAddress(cache.allocateAddress());
            SlabCacheStats stats = cache.stats();
            JsonNode latencies = new ObjectMapper().readTree(stats.toJson()).get("latencies");
            JsonNode growth = latencies.get("growth");
            assertEquals(1, growth.get("count").longValue());
            assertEquals(
                    stats.latency(SlowStep.GROWTH).longest(),
                    growth.get("longest").longValue());
            assertEquals(
                    stats.latency(SlowStep.GROWTH).percentile(99),
                    growth.get("p99").longValue());
            assertTrue(latencies.path("shrink").isMissingNode(), latencies::toString);
        }
    }
}

package io.slabcache.bench.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.slabcache.bench.workload.Workload;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A ratio is taken within a round and is the median of the rounds, so a slow round does not change it. */
class RatioTest {

    @Test
    void isTheMedianOfTheRatiosWithinEachRound() {
        List<Ratio> ratios = Ratio.of(List.of(
                Measurements.of(Workload.PAIR, "slabcache-address", 1, 0, 4.0),
                Measurements.of(Workload.BATCH_64, "slabcache-address", 1, 0, 4.0),
                // A slow round: both take ten times as long.
                Measurements.of(Workload.PAIR, "slabcache-address", 2, 0, 40.0),
                Measurements.of(Workload.BATCH_64, "slabcache-address", 2, 0, 80.0, 80.0, 999.0),
                Measurements.of(Workload.PAIR, "slabcache-address", 3, 0, 4.0),
                Measurements.of(Workload.BATCH_64, "slabcache-address", 3, 0, 12.0)));
        assertEquals(
                List.of(new Ratio(
                        "batch64", "/ pair", "slabcache-address", 2, new Interval(1, 3), "<= 1.5", false, false)),
                ratios);
    }

    @Test
    void leavesOutARoundThatLacksAMeasurement() {
        List<Ratio> ratios = Ratio.of(List.of(
                Measurements.of(Workload.PLATFORM, "malloc", 1, 0, 50.0),
                Measurements.of(Workload.PLATFORM, "malloc", 2, 0, 50.0),
                Measurements.of(Workload.VIRTUAL, "malloc", 2, 0, 40.0)));
        assertEquals(
                List.of(new Ratio(
                        "virtual", "/ platform", "malloc", 1.25, new Interval(1.25, 1.25), ">= 0.5", true, true)),
                ratios);
    }

    @Test
    void doesNotMixSubjects() {
        assertEquals(
                List.of(),
                Ratio.of(List.of(
                        Measurements.of(Workload.PAIR, "malloc", 1, 0, 50.0),
                        Measurements.of(Workload.BATCH_64, "jemalloc", 1, 0, 40.0))));
    }
}

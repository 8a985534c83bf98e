package io.slabcache.bench.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.slabcache.bench.catalog.Benchmark;
import io.slabcache.bench.catalog.Benchmarks;
import io.slabcache.bench.workload.Subject.Group;
import io.slabcache.bench.workload.Workload;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * A row compares a subject with the limit, with Slabcache and with its plain form, within each round of the same
 * workload.
 */
class SummaryTest {

    @Test
    void takesRatiosWithinEachRound() {
        List<Row> rows = Summary.of(List.of(
                Measurements.of(Workload.PAIR, "limit", 1, 0, 1.0, 1.0, 1.0),
                Measurements.of(Workload.PAIR, "malloc", 1, 0, 10.0, 10.0, 99.0),
                // A slow round: both take ten times as long.
                Measurements.of(Workload.PAIR, "limit", 2, 0, 10.0, 10.0, 10.0),
                Measurements.of(Workload.PAIR, "malloc", 2, 0, 100.0, 100.0, 100.0)));
        assertEquals(1, rows.get(0).toLimit());
        assertEquals(10, rows.get(1).toLimit());
        assertNull(rows.get(1).toSlabcache());
    }

    @Test
    void comparesOnlyWithinAWorkload() {
        List<Row> rows = Summary.of(List.of(
                Measurements.of(Workload.PAIR, "slabcache-segment", 1, 0, 5.0),
                Measurements.of(Workload.BATCH_64, "malloc", 1, 0, 20.0)));
        assertEquals(1, rows.get(0).toSlabcache());
        assertNull(rows.get(1).toSlabcache());
        assertNull(rows.get(1).toLimit());
    }

    @Test
    void comparesWithThePlainForm() {
        Benchmark safer = Benchmarks.of(Workload.PAIR, "safer", Group.SAFETY, "malloc");
        List<Row> rows = Summary.of(List.of(
                Measurements.of(Workload.PAIR, "malloc", 1, 0, 20.0),
                Measurements.of(Workload.HAND_OVER, "malloc", 1, 0, 1.0),
                Measurements.of(safer, 1, 0, 50.0)));
        assertNull(rows.get(0).toPlain());
        assertEquals(2.5, rows.get(2).toPlain());
    }

    @Test
    void leavesOutARoundInWhichTheOtherFailed() {
        List<Row> rows = Summary.of(List.of(
                Measurements.of(Workload.PAIR, "malloc", 1, 0, 20.0),
                Measurements.of(Workload.PAIR, "limit", 2, 0, 2.0),
                Measurements.of(Workload.PAIR, "malloc", 2, 0, 30.0)));
        assertEquals(15, rows.get(0).toLimit());
    }

    @Test
    void poolsTheIterationsOfAllRoundsAndTakesTheMiddleOfTheGarbage() {
        Row row = Summary.of(List.of(
                        Measurements.of(Workload.PAIR, "malloc", 1, 8, 1.0, 2.0),
                        Measurements.of(Workload.PAIR, "malloc", 2, 0, 3.0),
                        Measurements.of(Workload.PAIR, "malloc", 3, 1, 4.0, 5.0)))
                .getFirst();
        assertEquals(new Spread(2, 3, 4), row.nanoseconds());
        assertEquals(1, row.garbageBytes());
    }
}

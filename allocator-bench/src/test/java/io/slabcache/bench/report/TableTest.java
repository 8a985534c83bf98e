package io.slabcache.bench.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slabcache.bench.catalog.Benchmarks;
import io.slabcache.bench.workload.Workload;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The main table has the subjects of each workload, the fastest first, and no row without a measurement. */
class TableTest {

    private static final Spread SPREAD_OF_PEER = new Spread(19, 20, 21);
    private static final Spread SPREAD = new Spread(1.2, 1.256, 120.4);

    @Test
    void sortsTheSubjectsOfAWorkloadBySpeed() {
        String table = new Table(List.of(
                        new Row("pair", "jemalloc", new Spread(10, 21, 22), 14.0, null, 4.2, null, null, 0),
                        new Row("pair", "limit", SPREAD, 1.0, null, null, null, null, 0.01),
                        new Row("pair", "malloc", new Spread(18, 20, 2_000), 13.333, null, 4.0, null, null, 24.04)))
                .render(
                        List.of(Workload.PAIR, Workload.HAND_OVER),
                        List.of(
                                Benchmarks.of(Workload.PAIR, "limit").subject(),
                                Benchmarks.of(Workload.PAIR, "jemalloc").subject(),
                                Benchmarks.of(Workload.PAIR, "malloc").subject()));
        assertEquals(
                List.of(
                        "ns/op middle half x limit x slabcache garbage B",
                        "pair: allocate one object and free it",
                        "limit 1.26 1.20 .. 120 1.00 - 0",
                        "malloc 20.00 18.00 .. 2000 13.33 4.00 24.0",
                        "jemalloc 21.00 10.00 .. 22.00 14.00 4.20 0",
                        "Shorter is faster."),
                table.lines()
                        .map(line -> line.strip().replaceAll(" +", " "))
                        .filter(line -> !line.isEmpty())
                        .limit(6)
                        .toList());
    }

    @Test
    void saysNothingAboutTheFastestOnANoisyMachine() {
        assertTrue(render(new Interval(3.9, 4.1)).contains("times less than the fastest peer, malloc"));
        assertTrue(render(new Interval(0.9, 1.1)).contains("as long as the fastest peer, malloc, as far as"));
        // Known bad without a look at the interval: wider than half of the ratio.
        assertFalse(render(new Interval(1, 40)).contains("fastest peer"));
    }

    private static String render(Interval interval) {
        return new Table(List.of(
                        new Row("pair", "slabcache-segment", new Spread(4, 5, 6), null, null, 1.0, null, null, 0),
                        new Row("pair", "malloc", SPREAD_OF_PEER, null, null, 4.0, interval, null, 0)))
                .render(
                        List.of(Workload.PAIR),
                        List.of(
                                Benchmarks.of(Workload.PAIR, "slabcache-segment")
                                        .subject(),
                                Benchmarks.of(Workload.PAIR, "malloc").subject()));
    }

    @Test
    void showsOtherCollectorsBelow() {
        String table = new Table(List.of(
                        new Row("pair", "limit", SPREAD, 1.0, null, null, null, null, 0),
                        new Row("pair", "limit", SPREAD_OF_PEER, 1.0, null, null, null, null, 0, "z")))
                .render(
                        List.of(Workload.PAIR),
                        List.of(Benchmarks.of(Workload.PAIR, "limit").subject()));
        int first = table.indexOf("pair: allocate");
        int second = table.indexOf("pair, collector z: allocate");
        assertTrue(0 < first && first < second, table);
        assertTrue(table.substring(second).contains(" 20.00 "), table);
    }

    @Test
    void isNotShownWithoutSubjects() {
        assertEquals("", new Table(List.of()).render(List.of(Workload.PAIR), List.of()));
    }

    @Test
    void saysWhatTheNumbersAre() {
        String table = new Table(List.of(new Row("pair", "limit", SPREAD, 1.0, null, null, null, null, 0.01)))
                .render(List.of(), List.of(Benchmarks.of(Workload.PAIR, "limit").subject()));
        assertTrue(table.contains("median of the rounds"), table);
        assertTrue(table.contains("\"slabcache-segment\""), table);
    }
}

package io.slabcache.bench.latency;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slabcache.bench.slots.GrowthStalls;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Rounds are put together: calls and stalls added up, otherwise the worst; the order is that of the subjects. */
class LatencySummaryTest {

    private static final int MILLI = 1_000_000;

    @Test
    void addsUpTheRoundsAndTakesTheWorst() {
        LatencySummary summary = LatencySummary.of(
                1_024,
                List.of(
                        measurement("jemalloc", 1, null, null, 40),
                        measurement("slabcache", 1, new GrowthStalls(2, 300), 5.0, 50, 2 * MILLI, 2 * MILLI),
                        measurement("slabcache", 2, new GrowthStalls(1, 400), 7.0, 60, 30 * MILLI)));
        CallRow row = summary.of(Series.ALLOCATE).getFirst();
        assertEquals("slabcache", row.subject());
        assertEquals(5, row.calls());
        assertEquals(30 * MILLI, row.max(), MILLI / 10);
        assertEquals(2 * MILLI, row.p50(), MILLI / 100);
        assertEquals(3, row.above1ms());
        assertEquals(1, row.above10ms());
        SubjectRow subject = summary.subjects().getFirst();
        assertEquals(new GrowthStalls(3, 400), subject.growthStalls());
        assertEquals(7.0, subject.shrinkMillis());
        assertEquals(1, subject.mebibytesGrown());
        assertEquals(50, subject.mebibytesPerSecond(), 1e-9);
        assertNull(subject.bystanderShrinkNanos());
        assertEquals("jemalloc", summary.subjects().get(1).subject());
        assertNull(summary.subjects().get(1).growthStalls());
        List<double[]> curve = summary.curves().get("slabcache").get(Series.ALLOCATE);
        assertEquals(100, curve.getLast()[0]);
        assertEquals(30 * MILLI, curve.getLast()[1], MILLI / 10);
        assertEquals(5, curve.getLast()[2]);
    }

    @Test
    void theTablesFitIntoALineAndSayWhatIsMissing() {
        String tables = new LatencyTable(LatencySummary.of(
                        1_024, List.of(measurement("slabcache-mapped-huge", 1, null, null, 999 * MILLI, 999_400, 88))))
                .render();
        assertTrue(tables.lines().allMatch(line -> line.length() <= 100), tables);
        assertTrue(tables.matches("(?s).*slabcache-mapped-huge +999 us +999 ms .*  -  .*"), tables);
        assertEquals("", new LatencyTable(LatencySummary.of(1_024, List.of())).render());
    }

    private static LatencyMeasurement measurement(
            String subject, int round, GrowthStalls stalls, Double shrinkMillis, long... nanos) {
        Map<Series, String> histograms = new EnumMap<>(Series.class);
        for (Series series : Series.values()) {
            Times times = new Times();
            if (series == Series.ALLOCATE) {
                for (long each : nanos) {
                    times.record(each);
                }
            }
            histograms.put(series, times.encode());
        }
        return new LatencyMeasurement(subject, round, 1, 10 * round, 1_024, 3, 0, shrinkMillis, stalls, histograms);
    }
}

package io.slabcache.bench.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slabcache.bench.run.Measurement;
import io.slabcache.bench.workload.Workload;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The interval of a ratio is as wide as the rounds differ, and holds the true ratio as often as it says. */
class IntervalTest {

    private static final int TRUE_RATIO = 2;

    @Test
    void isTheMiddleOfTheValues() {
        double[] values = new double[1_000];
        for (int i = 0; i < values.length; i++) {
            values[i] = values.length - i;
        }
        Interval interval = Interval.of(values);
        assertEquals(26, interval.low());
        assertEquals(975, interval.high());
    }

    @Test
    void oneRoundTellsNothingAboutOthers() {
        assertNull(interval(List.of(pair(1, "limit", 1, 1), pair(1, "malloc", 2, 2))));
    }

    @Test
    void isAPointIfAllRoundsAgree() {
        Interval interval = interval(List.of(
                pair(1, "limit", 1, 1), pair(1, "malloc", 2, 2), pair(2, "limit", 3, 3), pair(2, "malloc", 6, 6)));
        assertEquals(new Interval(2, 2), interval);
        assertFalse(interval.isTooWideFor(2));
        assertTrue(interval.isDecidedBy(Bound.atMost(2)));
    }

    @Test
    void cannotDecideOnALimitWithinIt() {
        Interval interval = new Interval(1, 3);
        assertFalse(interval.isDecidedBy(Bound.atMost(2)));
        assertTrue(interval.isDecidedBy(Bound.atMost(4)));
        assertTrue(interval.isTooWideFor(2));
    }

    /** With few rounds a bootstrap promises somewhat more than it holds: 95 % become about 90. */
    @Test
    void mostlyHoldsTheTrueRatio() {
        Random random = new Random(1);
        int held = 0;
        int runs = 60;
        for (int run = 0; run < runs; run++) {
            List<Measurement> measurements = new ArrayList<>();
            for (int round = 1; round <= 8; round++) {
                double slow = 1 + random.nextDouble();
                measurements.add(noisy(round, "limit", slow, random));
                measurements.add(noisy(round, "malloc", TRUE_RATIO * slow, random));
            }
            Interval interval = interval(measurements);
            if (interval.low() <= TRUE_RATIO && TRUE_RATIO <= interval.high()) {
                held++;
            }
        }
        assertTrue(held >= runs * 8 / 10, held + " of " + runs);
    }

    private static Measurement noisy(int round, String subject, double time, Random random) {
        Double[] scores = new Double[5];
        for (int i = 0; i < scores.length; i++) {
            scores[i] = time * (1 + 0.1 * random.nextGaussian());
        }
        return Measurements.of(Workload.PAIR, subject, round, 0, scores);
    }

    private static Measurement pair(int round, String subject, double first, double second) {
        return Measurements.of(Workload.PAIR, subject, round, 0, first, second);
    }

    private static Interval interval(List<Measurement> measurements) {
        return new Rounds(measurements)
                .interval(drawn -> drawn.median(
                        round -> round.time(Workload.PAIR, "malloc") / round.time(Workload.PAIR, "limit")));
    }
}

package io.slabcache.bench.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slabcache.bench.run.Measurement;
import io.slabcache.bench.workload.Workload;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

/** The formula of each target, with made-up times, and the bound that it must meet. */
class TargetTest {

    private static final String SUBJECT = "slabcache-address";

    @Test
    void batchesAreTimesThePair() {
        Rounds rounds = rounds(
                time(Workload.PAIR, SUBJECT, 4),
                time(Workload.BATCH_64, SUBJECT, 6),
                time(Workload.BATCH_1000, SUBJECT, 10));
        assertEquals(OptionalDouble.of(1.5), Target.BATCH_64.of(rounds, SUBJECT));
        assertEquals(OptionalDouble.of(2.5), Target.BATCH_1000.of(rounds, SUBJECT));
    }

    @Test
    void scatteredIsTimesTheLimit() {
        Rounds rounds = rounds(time(Workload.SCATTERED, SUBJECT, 50), time(Workload.SCATTERED, "limit", 40));
        assertEquals(OptionalDouble.of(1.25), Target.SCATTERED.of(rounds, SUBJECT));
        assertEquals(OptionalDouble.of(1), Target.SCATTERED.of(rounds, "limit"));
    }

    @Test
    void theHandOverIsNanosecondsAboveTheRing() {
        Rounds rounds = rounds(time(Workload.HAND_OVER, SUBJECT, 37), time(Workload.HAND_OVER, "limit", 46));
        assertEquals(OptionalDouble.of(-9), Target.HAND_OVER.of(rounds, SUBJECT));
        assertEquals(OptionalDouble.of(0), Target.HAND_OVER.of(rounds, "limit"));
    }

    @Test
    void theFastestRoundOfTheRingCountsForAll() {
        Rounds rounds = new Rounds(List.of(
                Measurements.of(Workload.HAND_OVER, SUBJECT, 1, 0, 12.0),
                Measurements.of(Workload.HAND_OVER, SUBJECT, 2, 0, 11.0),
                Measurements.of(Workload.HAND_OVER, SUBJECT, 3, 0, 30.0),
                Measurements.of(Workload.HAND_OVER, "limit", 1, 0, 22.0),
                Measurements.of(Workload.HAND_OVER, "limit", 2, 0, 18.0),
                Measurements.of(Workload.HAND_OVER, "limit", 3, 0, 5.0)));
        assertEquals(OptionalDouble.of(7), Target.HAND_OVER.of(rounds, SUBJECT));
        assertEquals(OptionalDouble.of(13), Target.HAND_OVER.of(rounds, "limit"));
    }

    @Test
    void theRingOfReferencesIsTheOneForObjects() {
        Rounds rounds = rounds(
                time(Workload.HAND_OVER, "slabcache-segment", 37),
                time(Workload.HAND_OVER, "limit", 10),
                time(Workload.HAND_OVER, "limit-segment", 30));
        assertEquals(OptionalDouble.of(7), Target.HAND_OVER.of(rounds, "slabcache-segment"));
        assertEquals(OptionalDouble.of(0), Target.HAND_OVER.of(rounds, "limit-segment"));
    }

    /** Two threads of the limit do 2 times the work of one, those of the subject 1.5 times. */
    @Test
    void contendedIsTheGainOfThreadsInTimesOfTheLimits() {
        Rounds rounds = rounds(
                time(Workload.PAIR, "limit", 1),
                time(Workload.CONTENDED, "limit", 0.5),
                time(Workload.PAIR, SUBJECT, 3),
                time(Workload.CONTENDED, SUBJECT, 2));
        assertEquals(OptionalDouble.of(0.75), Target.CONTENDED.of(rounds, SUBJECT));
        assertEquals(OptionalDouble.of(1), Target.CONTENDED.of(rounds, "limit"));
    }

    @Test
    void oversubscribedIsWhatIsLeftOfTheThroughput() {
        Rounds rounds = rounds(time(Workload.CONTENDED, SUBJECT, 2), time(Workload.OVERSUBSCRIBED, SUBJECT, 4));
        assertEquals(OptionalDouble.of(0.5), Target.OVERSUBSCRIBED.of(rounds, SUBJECT));
    }

    @Test
    void virtualIsTheThroughputInTimesOfThePools() {
        Rounds rounds = rounds(time(Workload.PLATFORM, SUBJECT, 30), time(Workload.VIRTUAL, SUBJECT, 40));
        assertEquals(OptionalDouble.of(0.75), Target.VIRTUAL.of(rounds, SUBJECT));
    }

    @Test
    void isNoNumberIfAMeasurementIsMissing() {
        for (Target target : Target.values()) {
            assertEquals(
                    OptionalDouble.empty(),
                    target.of(rounds(time(target.workload(), SUBJECT, 1)), SUBJECT),
                    target::name);
        }
    }

    @Test
    void aBoundIsPartOfTheTarget() {
        assertTrue(Bound.atMost(1.5).isMetBy(1.5));
        assertFalse(Bound.atMost(1.5).isMetBy(1.51));
        assertTrue(Bound.atMost(10).isMetBy(-3));
        assertTrue(Bound.atLeast(0.8).isMetBy(0.8));
        assertFalse(Bound.atLeast(0.8).isMetBy(0.79));
        assertEquals("<= 1.5", Bound.atMost(1.5).toString());
        assertEquals(">= 0.8", Bound.atLeast(0.8).toString());
    }

    private static Rounds rounds(Measurement... measurements) {
        return new Rounds(List.of(measurements));
    }

    private static Measurement time(Workload workload, String subject, double nanoseconds) {
        return Measurements.of(workload, subject, 1, 0, nanoseconds);
    }
}

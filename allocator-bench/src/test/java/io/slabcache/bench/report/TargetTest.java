package io.slabcache.bench.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slabcache.bench.run.Measurement;
import io.slabcache.bench.workload.Workload;
import java.util.List;
import org.junit.jupiter.api.Test;

class TargetTest {

    private static final String SUBJECT = "slabcache-address";

    @Test
    void batchesAreTimesThePair() {
        Round round = round(
                time(Workload.PAIR, SUBJECT, 4),
                time(Workload.BATCH_64, SUBJECT, 6),
                time(Workload.BATCH_1000, SUBJECT, 10));
        assertEquals(1.5, Target.BATCH_64.of(round, SUBJECT));
        assertEquals(2.5, Target.BATCH_1000.of(round, SUBJECT));
    }

    @Test
    void scatteredIsTimesTheLimit() {
        Round round = round(time(Workload.SCATTERED, SUBJECT, 50), time(Workload.SCATTERED, "limit", 40));
        assertEquals(1.25, Target.SCATTERED.of(round, SUBJECT));
        assertEquals(1, Target.SCATTERED.of(round, "limit"));
    }

    @Test
    void theHandOverIsNanosecondsAboveTheRing() {
        Round round = round(time(Workload.HAND_OVER, SUBJECT, 37), time(Workload.HAND_OVER, "limit", 46));
        assertEquals(-9, Target.HAND_OVER.of(round, SUBJECT));
        assertEquals(0, Target.HAND_OVER.of(round, "limit"));
    }

    @Test
    void theRingOfReferencesIsTheOneForObjects() {
        Round round = round(
                time(Workload.HAND_OVER, "slabcache-segment", 37),
                time(Workload.HAND_OVER, "limit", 10),
                time(Workload.HAND_OVER, "limit-segment", 30));
        assertEquals(7, Target.HAND_OVER.of(round, "slabcache-segment"));
        assertEquals(0, Target.HAND_OVER.of(round, "limit-segment"));
    }

    /** Two threads of the limit do 2 times the work of one, those of the subject 1.5 times. */
    @Test
    void contendedIsTheGainOfThreadsInTimesOfTheLimits() {
        Round round = round(
                time(Workload.PAIR, "limit", 1),
                time(Workload.CONTENDED, "limit", 0.5),
                time(Workload.PAIR, SUBJECT, 3),
                time(Workload.CONTENDED, SUBJECT, 2));
        assertEquals(0.75, Target.CONTENDED.of(round, SUBJECT));
        assertEquals(1, Target.CONTENDED.of(round, "limit"));
    }

    @Test
    void oversubscribedIsWhatIsLeftOfTheThroughput() {
        Round round = round(time(Workload.CONTENDED, SUBJECT, 2), time(Workload.OVERSUBSCRIBED, SUBJECT, 4));
        assertEquals(0.5, Target.OVERSUBSCRIBED.of(round, SUBJECT));
    }

    @Test
    void virtualIsTheThroughputInTimesOfThePools() {
        Round round = round(time(Workload.PLATFORM, SUBJECT, 30), time(Workload.VIRTUAL, SUBJECT, 40));
        assertEquals(0.75, Target.VIRTUAL.of(round, SUBJECT));
    }

    @Test
    void isNoNumberIfAMeasurementIsMissing() {
        for (Target target : Target.values()) {
            assertTrue(Double.isNaN(target.of(round(time(target.workload(), SUBJECT, 1)), SUBJECT)), target::name);
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

    private static Round round(Measurement... measurements) {
        return new Round(List.of(measurements));
    }

    private static Measurement time(Workload workload, String subject, double nanoseconds) {
        return Measurements.of(workload, subject, 1, 0, nanoseconds);
    }
}

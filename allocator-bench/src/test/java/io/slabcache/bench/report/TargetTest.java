package io.slabcache.bench.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slabcache.bench.catalog.Catalog;
import io.slabcache.bench.run.Measurement;
import io.slabcache.bench.workload.Workload;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Stream;
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
        assertEquals(OptionalDouble.of(1.5), of(Workload.BATCH_64, rounds, SUBJECT));
        assertEquals(OptionalDouble.of(2.5), of(Workload.BATCH_1000, rounds, SUBJECT));
    }

    @Test
    void scatteredIsTimesTheLimit() {
        Rounds rounds = rounds(time(Workload.SCATTERED, SUBJECT, 50), time(Workload.SCATTERED, "limit", 40));
        assertEquals(OptionalDouble.of(1.25), of(Workload.SCATTERED, rounds, SUBJECT));
        assertEquals(OptionalDouble.of(1), of(Workload.SCATTERED, rounds, "limit"));
    }

    @Test
    void theHandOverIsNanosecondsAboveTheRing() {
        Rounds rounds = rounds(time(Workload.HAND_OVER, SUBJECT, 37), time(Workload.HAND_OVER, "limit", 46));
        assertEquals(OptionalDouble.of(-9), of(Workload.HAND_OVER, rounds, SUBJECT));
        assertEquals(OptionalDouble.of(0), of(Workload.HAND_OVER, rounds, "limit"));
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
        assertEquals(OptionalDouble.of(7), of(Workload.HAND_OVER, rounds, SUBJECT));
        assertEquals(OptionalDouble.of(13), of(Workload.HAND_OVER, rounds, "limit"));
    }

    @Test
    void theRingOfReferencesIsTheOneForObjects() {
        Rounds rounds = rounds(
                time(Workload.HAND_OVER, "slabcache-segment", 37),
                time(Workload.HAND_OVER, "limit", 10),
                time(Workload.HAND_OVER, "limit-segment", 30));
        assertEquals(OptionalDouble.of(7), of(Workload.HAND_OVER, rounds, "slabcache-segment"));
        assertEquals(OptionalDouble.of(0), of(Workload.HAND_OVER, rounds, "limit-segment"));
    }

    /** Two threads of the limit do 2 times the work of one, those of the subject 1.5 times. */
    @Test
    void contendedIsTheGainOfThreadsInTimesOfTheLimits() {
        Rounds rounds = rounds(
                time(Workload.PAIR, "limit", 1),
                time(Workload.CONTENDED, "limit", 0.5),
                time(Workload.PAIR, SUBJECT, 3),
                time(Workload.CONTENDED, SUBJECT, 2));
        assertEquals(OptionalDouble.of(0.75), of(Workload.CONTENDED, rounds, SUBJECT));
        assertEquals(OptionalDouble.of(1), of(Workload.CONTENDED, rounds, "limit"));
    }

    @Test
    void oversubscribedIsWhatIsLeftOfTheThroughput() {
        Rounds rounds = rounds(time(Workload.CONTENDED, SUBJECT, 2), time(Workload.OVERSUBSCRIBED, SUBJECT, 4));
        assertEquals(OptionalDouble.of(0.5), of(Workload.OVERSUBSCRIBED, rounds, SUBJECT));
    }

    @Test
    void virtualIsTheThroughputInTimesOfThePools() {
        Rounds rounds = rounds(time(Workload.PLATFORM, SUBJECT, 30), time(Workload.VIRTUAL, SUBJECT, 40));
        assertEquals(OptionalDouble.of(0.75), of(Workload.VIRTUAL, rounds, SUBJECT));
    }

    @Test
    void isNoNumberIfAMeasurementIsMissing() {
        for (Target target : Targets.ALL) {
            assertEquals(
                    OptionalDouble.empty(),
                    target.of(rounds(time(target.workload(), SUBJECT, 1)), SUBJECT),
                    target::toString);
        }
    }

    @Test
    void aPlainArrayIsTheReferenceOfEachForm() {
        for (Workload workload : List.of(Workload.BURST_32, Workload.BURST_1000)) {
            assertShown(workload, "slabcache-address", "limit", "<= 2.0");
            assertShown(workload, "slabcache-local-address-unchecked", "limit", "<= 1.3");
            assertShown(workload, "slabcache-bulk-address", "limit", "<= 1.0");
            assertShown(workload, "slabcache-segment", "limit-segment", "<= 1.5");
        }
        for (Workload workload : List.of(Workload.REPLACE_10K, Workload.REPLACE_1M)) {
            assertShown(workload, "slabcache-local-address", "limit", "<= 2.0");
            assertShown(workload, "slabcache-segment", "limit-segment", "<= 1.3");
        }
        assertShown(Workload.PAIR, "slabcache-local-address-unchecked", "limit", "<= 2.0");
        assertShown(Workload.PAIR, "slabcache-local-address", "limit", "<= 3.0");
        assertShown(Workload.PAIR, "slabcache-segment", "limit", "<= 4.0");
        for (Workload workload :
                List.of(Workload.BOUNDED_1, Workload.BOUNDED_2, Workload.BOUNDED_4, Workload.BOUNDED_8)) {
            assertShown(workload, "slabcache-bound-1024", "slabcache-unbounded", "<= 1.5");
        }
    }

    /** The subject takes 5 times as long as its reference, and others that are as fast do not count. */
    private static void assertShown(Workload workload, String subject, String reference, String bound) {
        List<Measurement> all = new ArrayList<>(List.of(time(workload, subject, 20), time(workload, reference, 4)));
        Stream.of("limit", "limit-segment", "slabcache-unbounded", "malloc")
                .filter(other -> !other.equals(reference))
                .forEach(other -> all.add(time(workload, other, 20)));
        List<Ratio> ratios = Ratio.of(all).stream()
                .filter(ratio -> ratio.subject().equals(subject))
                .toList();
        assertEquals(1, ratios.size(), ratios::toString);
        assertEquals(5, ratios.getFirst().value());
        assertEquals(bound, ratios.getFirst().target());
        assertFalse(ratios.getFirst().met());
    }

    @Test
    void mixedSizesAreComparedWithTheFastestMalloc() {
        Rounds rounds = rounds(
                time(Workload.SIZES_128, "slabcache-address", 20),
                time(Workload.SIZES_128, "malloc", 60),
                time(Workload.SIZES_128, "mimalloc", 50));
        assertEquals(OptionalDouble.of(2.5), of(Workload.SIZES_128, rounds, "slabcache-address"));
    }

    @Test
    void nettysBuffersAreComparedWithItsAdaptiveAllocator() {
        Rounds rounds =
                rounds(time(Workload.SIZES_10K, "slabcache-netty", 40), time(Workload.SIZES_10K, "netty-adaptive", 80));
        assertEquals(OptionalDouble.of(2), of(Workload.SIZES_10K, rounds, "slabcache-netty"));
    }

    @Test
    void everyTargetIsOfASubjectThatThereIs() {
        Catalog catalog = Catalog.load();
        for (Target target : Targets.ALL) {
            assertTrue(
                    catalog.select(List.of(target.workload()), catalog.subjects()).stream()
                            .anyMatch(benchmark ->
                                    target.subjects().test(benchmark.subject().id())),
                    target::toString);
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

    /** Returns the value of the first target that the workload has for the subject. */
    private static OptionalDouble of(Workload workload, Rounds rounds, String subject) {
        return Targets.ALL.stream()
                .filter(target -> target.workload() == workload)
                .map(target -> target.of(rounds, subject))
                .filter(OptionalDouble::isPresent)
                .findFirst()
                .orElse(OptionalDouble.empty());
    }

    private static Rounds rounds(Measurement... measurements) {
        return new Rounds(List.of(measurements));
    }

    private static Measurement time(Workload workload, String subject, double nanoseconds) {
        return Measurements.of(workload, subject, 1, 0, nanoseconds);
    }
}

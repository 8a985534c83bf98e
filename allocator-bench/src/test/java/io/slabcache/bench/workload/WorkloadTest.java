package io.slabcache.bench.workload;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class WorkloadTest {

    private static final int PROCESSORS = Runtime.getRuntime().availableProcessors();

    @Test
    void someMeasureInManyThreads() {
        assertEquals(PROCESSORS, Workload.CONTENDED.threads());
        assertEquals(4 * PROCESSORS, Workload.OVERSUBSCRIBED.threads());
    }

    @Test
    void tenMillionObjectsAreSmallOnes() {
        assertEquals(64, Workload.SCATTERED.objectSize(256));
        assertEquals(32, Workload.SCATTERED.objectSize(32));
        assertEquals(256, Workload.PAIR.objectSize(256));
    }

    @Test
    void theOthersMeasureInOne() {
        assertEquals(
                Workload.values().length - 2,
                Arrays.stream(Workload.values())
                        .filter(workload -> workload != Workload.CONTENDED && workload != Workload.OVERSUBSCRIBED)
                        .filter(workload -> workload.threads() == 1)
                        .count());
    }
}

package io.slabcache.bench.workload;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The number of threads, the object size and the names of the workloads. */
class WorkloadTest {

    private static final int PROCESSORS = Runtime.getRuntime().availableProcessors();

    @Test
    void contendedWorkloadsUseManyThreads() {
        assertEquals(PROCESSORS, Workload.CONTENDED.threads());
        assertEquals(4 * PROCESSORS, Workload.OVERSUBSCRIBED.threads());
    }

    @Test
    void boundedWorkloadsShareAName() {
        List<Workload> bounded = Arrays.stream(Workload.values())
                .filter(workload -> workload.isNamed("bounded"))
                .toList();
        assertEquals(
                List.of(1, 2, 4, 8), bounded.stream().map(Workload::threads).toList());
        assertTrue(Workload.BOUNDED_4.isNamed("bounded4"));
        assertFalse(Workload.BOUNDED_4.isNamed("bounded2"));
        assertFalse(Workload.PAIR.isNamed("bounded"));
    }

    @Test
    void aMethodIsTheWorkloadOfItsName() {
        assertEquals(
                Workload.SIZES_10K, Workload.ofMethod("some.Mixed.sizes10k").orElseThrow());
        assertTrue(Workload.SIZES_10K.isNamed("sizes") && Workload.SIZES_128.isNamed("sizes"));
        assertTrue(Workload.ofMethod("some.Type.other").isEmpty());
    }

    @Test
    void scatteredObjectsAreSmall() {
        assertEquals(64, Workload.SCATTERED.objectSize(256));
        assertEquals(32, Workload.SCATTERED.objectSize(32));
        assertEquals(256, Workload.PAIR.objectSize(256));
    }

    @Test
    void allOtherWorkloadsUseOneThread() {
        assertEquals(
                Workload.values().length - 2 - 3,
                Arrays.stream(Workload.values())
                        .filter(workload -> workload != Workload.CONTENDED && workload != Workload.OVERSUBSCRIBED)
                        .filter(workload -> workload.threads() == 1)
                        .count());
    }
}

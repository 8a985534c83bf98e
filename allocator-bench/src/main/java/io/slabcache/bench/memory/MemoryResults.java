package io.slabcache.bench.memory;

import io.slabcache.bench.report.Origin;
import io.slabcache.bench.run.FailedTask;
import io.slabcache.bench.slots.SlotPlan;
import java.util.List;

/**
 * The complete results of a run so far, in the form in which they are written.
 *
 * @param format raised when a reader of an older file would misread a newer one
 * @param workload always {@code memory}
 * @param origin where, when and how it was run
 * @param plan the objects of the burst
 * @param forks the result of each fork of the loads, with all samples
 * @param failures the forks that gave none
 * @param summary the rows of the first table
 * @param accesses the rows of the second one
 */
public record MemoryResults(
        int format,
        String workload,
        Origin origin,
        SlotPlan plan,
        List<MemoryMeasurement> forks,
        List<FailedTask> failures,
        List<MemoryRow> summary,
        List<AccessMeasurement> accesses) {

    private static final int FORMAT = 1;

    /** Puts the parts of a run together. */
    public static MemoryResults of(
            Origin origin,
            SlotPlan plan,
            List<MemoryMeasurement> forks,
            List<AccessMeasurement> accesses,
            List<FailedTask> failures) {
        return new MemoryResults(
                FORMAT,
                "memory",
                origin,
                plan,
                List.copyOf(forks),
                List.copyOf(failures),
                forks.stream().map(MemoryRow::of).toList(),
                List.copyOf(accesses));
    }
}

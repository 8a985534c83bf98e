package io.slabcache.bench.latency;

import io.slabcache.bench.report.Origin;
import io.slabcache.bench.run.FailedTask;
import io.slabcache.bench.slots.SlotPlan;
import java.util.List;

/**
 * The complete results of a run so far, in the form in which they are written.
 *
 * @param format raised when a reader of an older file would misread a newer one
 * @param workload always {@code latency}
 * @param origin where, when and how it was run
 * @param plan the objects
 * @param mebibytesPerSecond of growth, as asked for; 0 for as fast as possible
 * @param forks the result of each fork, in the order in which they ran
 * @param failures the forks that gave none
 * @param summary the rows of the tables, and the curves behind them
 */
public record LatencyResults(
        int format,
        String workload,
        Origin origin,
        SlotPlan plan,
        int mebibytesPerSecond,
        List<LatencyMeasurement> forks,
        List<FailedTask> failures,
        LatencySummary summary) {

    private static final int FORMAT = 1;

    /** Puts the parts of a run together. */
    public static LatencyResults of(
            Origin origin,
            SlotPlan plan,
            int mebibytesPerSecond,
            List<LatencyMeasurement> forks,
            List<FailedTask> failures) {
        return new LatencyResults(
                FORMAT,
                "latency",
                origin,
                plan,
                mebibytesPerSecond,
                List.copyOf(forks),
                List.copyOf(failures),
                LatencySummary.of(plan.objectSize(), forks));
    }
}

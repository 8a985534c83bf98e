package io.slabcache.bench.report;

import io.slabcache.bench.run.Measurement;
import io.slabcache.bench.workload.Workload;
import java.util.List;

/**
 * One pass through all benchmarks. Only measurements of the same round are compared: if the machine was slow then, it
 * was slow for both.
 *
 * @param measurements the forks of this round that ran to their end
 */
record Round(List<Measurement> measurements) {

    /** Returns the median time per operation, or NaN if it was not measured. */
    double time(Workload workload, String subject) {
        return measurements.stream()
                .filter(measurement -> measurement.step().benchmark().workload() == workload
                        && measurement.step().benchmark().subject().id().equals(subject))
                .mapToDouble(measurement -> Spread.median(measurement.scores()))
                .findFirst()
                .orElse(Double.NaN);
    }

    /** Returns the median time of the limit for the objects of the subject, or NaN. */
    double limit(Workload workload, String subject) {
        return measurements.stream()
                .map(measurement -> measurement.step().benchmark().subject())
                .filter(info -> info.id().equals(subject))
                .mapToDouble(info -> time(workload, info.limit()))
                .findFirst()
                .orElse(Double.NaN);
    }
}

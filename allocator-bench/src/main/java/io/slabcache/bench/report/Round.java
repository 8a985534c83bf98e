package io.slabcache.bench.report;

import io.slabcache.bench.run.Measurement;
import io.slabcache.bench.workload.Workload;
import java.util.List;

/**
 * One passage through all benchmarks. What is compared with each other is taken from one round: if the
 * machine was slow then, it was slow for both.
 *
 * @param measurements the forks of this round that ran to their end
 */
record Round(List<Measurement> measurements) {

    /** The median time per operation, not a number if it was not measured. */
    double time(Workload workload, String subject) {
        return measurements.stream()
                .filter(measurement -> measurement.step().benchmark().workload() == workload
                        && measurement.step().benchmark().subject().id().equals(subject))
                .mapToDouble(measurement -> Spread.median(measurement.scores()))
                .findFirst()
                .orElse(Double.NaN);
    }

    /** The same of the limit for what the subject hands out. */
    double limit(Workload workload, String subject) {
        return measurements.stream()
                .map(measurement -> measurement.step().benchmark().subject())
                .filter(info -> info.id().equals(subject))
                .mapToDouble(info -> time(workload, info.limit()))
                .findFirst()
                .orElse(Double.NaN);
    }
}

package io.slabcache.bench.report;

import io.slabcache.bench.catalog.SubjectInfo;
import io.slabcache.bench.run.Measurement;
import io.slabcache.bench.workload.Workload;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One pass through all benchmarks. Only measurements of the same round are compared: if the machine was slow then, it
 * was slow for both.
 */
final class Round {

    private final Map<Workload, Map<String, Double>> times = new EnumMap<>(Workload.class);
    private final Map<String, String> limits = new HashMap<>();

    /** Takes the forks of one round that ran to their end. */
    Round(List<Measurement> measurements) {
        for (Measurement measurement : measurements) {
            SubjectInfo subject = measurement.step().benchmark().subject();
            times.computeIfAbsent(measurement.step().benchmark().workload(), workload -> new HashMap<>())
                    .put(subject.id(), Spread.median(measurement.scores()));
            limits.put(subject.id(), subject.limit());
        }
    }

    /** Returns the median time per operation, or NaN if it was not measured. */
    double time(Workload workload, String subject) {
        return times.getOrDefault(workload, Map.of()).getOrDefault(subject, Double.NaN);
    }

    /** Returns the median time of the limit for the objects of the subject, or NaN. */
    double limit(Workload workload, String subject) {
        String limit = limits.get(subject);
        return limit == null ? Double.NaN : time(workload, limit);
    }
}

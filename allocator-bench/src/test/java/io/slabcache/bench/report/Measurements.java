package io.slabcache.bench.report;

import io.slabcache.bench.catalog.Benchmark;
import io.slabcache.bench.catalog.Benchmarks;
import io.slabcache.bench.run.Measurement;
import io.slabcache.bench.run.Step;
import io.slabcache.bench.workload.Workload;
import java.util.Arrays;

/** Made-up measurements for tests. */
final class Measurements {

    private Measurements() {}

    static Measurement of(Workload workload, String subject, int round, double garbage, Double... scores) {
        return of(Benchmarks.of(workload, subject), round, garbage, scores);
    }

    static Measurement of(Benchmark benchmark, int round, double garbage, Double... scores) {
        return new Measurement(new Step(round, benchmark), Arrays.asList(scores), garbage);
    }
}

package io.slabcache.bench.report;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import io.slabcache.bench.catalog.Benchmark;
import io.slabcache.bench.run.Measurement;
import java.util.List;

/**
 * A measurement in the raw results.
 *
 * @param workload the workload's id
 * @param subject the subject's id
 * @param round from 1
 * @param collector of the JVM, {@code null} for its default
 * @param benchmark the name under which {@code jmh} runs the same
 * @param nanosecondsPerOperation one score for each iteration, in order
 * @param garbageBytesPerOperation heap bytes, the mean of the iterations
 */
@JsonInclude(Include.NON_NULL)
public record ForkScores(
        String workload,
        String subject,
        int round,
        String collector,
        String benchmark,
        List<Double> nanosecondsPerOperation,
        double garbageBytesPerOperation) {

    static ForkScores of(Measurement measurement) {
        Benchmark benchmark = measurement.step().benchmark();
        return new ForkScores(
                benchmark.workload().id(),
                benchmark.subject().id(),
                measurement.step().round(),
                measurement.step().collector().idUnlessDefault(),
                benchmark.method(),
                measurement.scores(),
                measurement.garbageBytes());
    }
}

package io.slabcache.bench.report;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import io.slabcache.bench.catalog.Benchmark;
import io.slabcache.bench.run.Failure;

/**
 * A failure in the raw results.
 *
 * @param workload the workload's id
 * @param subject the subject's id
 * @param round from 1
 * @param collector of the JVM, {@code null} for its default
 * @param output of JMH and the fork
 */
@JsonInclude(Include.NON_NULL)
public record ForkFailure(String workload, String subject, int round, String collector, String output) {

    static ForkFailure of(Failure failure) {
        Benchmark benchmark = failure.step().benchmark();
        return new ForkFailure(
                benchmark.workload().id(),
                benchmark.subject().id(),
                failure.step().round(),
                failure.step().collector().idUnlessDefault(),
                failure.output());
    }
}

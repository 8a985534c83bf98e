package io.slabcache.bench.run;

import io.slabcache.bench.catalog.Benchmark;

/**
 * One fork of the plan.
 *
 * @param round from 1
 * @param benchmark what the fork measures
 * @param collector of the fork
 */
public record Step(int round, Benchmark benchmark, Collector collector) {

    /** With the default collector. */
    public Step(int round, Benchmark benchmark) {
        this(round, benchmark, Collector.DEFAULT);
    }
}

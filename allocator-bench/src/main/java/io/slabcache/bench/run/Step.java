package io.slabcache.bench.run;

import io.slabcache.bench.catalog.Benchmark;

/**
 * One fork of the plan.
 *
 * @param round from 1
 * @param benchmark what the fork measures
 */
public record Step(int round, Benchmark benchmark) {}

package io.slabcache.bench.catalog;

import io.slabcache.bench.workload.Workload;

/**
 * One subject under one workload: the unit that a fork measures.
 *
 * @param workload the operations
 * @param subject the allocator under test
 * @param method the full name by which JMH knows it
 */
public record Benchmark(Workload workload, SubjectInfo subject, String method) {}

/**
 * The operations that are measured for each subject: the base classes of the subjects. Read {@code Workload} first,
 * then {@code AllocationBenchmark}.
 */
package io.slabcache.bench.workload;

/**
 * The command {@code latency}: how long single calls take while memory grows and shrinks. {@code LatencyFork} runs in a JVM of its
 * own for each subject, {@code GrowthLoad} is what it measures, and {@code LatencyTable} shows the results. Read {@code GrowthLoad}
 * first.
 */
package io.slabcache.bench.latency;

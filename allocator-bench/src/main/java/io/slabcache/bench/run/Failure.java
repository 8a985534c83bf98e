package io.slabcache.bench.run;

/**
 * A fork that gave no result.
 *
 * @param step what was run
 * @param output of JMH and the fork
 */
public record Failure(Step step, String output) implements Outcome {}

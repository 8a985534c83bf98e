package io.slabcache.bench.run;

/**
 * A fork that gave no result.
 *
 * @param step what was run
 * @param output all that JMH and the fork printed
 */
public record Failure(Step step, String output) implements Outcome {}

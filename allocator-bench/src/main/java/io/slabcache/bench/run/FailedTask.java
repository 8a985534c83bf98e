package io.slabcache.bench.run;

/**
 * A task that gave no result.
 *
 * @param subject the subject's id
 * @param round from 1
 * @param output why, and what the fork printed
 */
public record FailedTask(String subject, int round, String output) {}

package io.slabcache.bench.memory;

/**
 * The result of one fork of the random accesses.
 *
 * @param subject the subject's id
 * @param bytes of all objects
 * @param hugeBytes of the process in huge pages; 0 where the system does not tell
 * @param nanosPerAccess the median of a series
 */
public record AccessMeasurement(String subject, long bytes, long hugeBytes, double nanosPerAccess) {}

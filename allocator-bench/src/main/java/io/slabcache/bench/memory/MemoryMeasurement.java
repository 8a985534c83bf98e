package io.slabcache.bench.memory;

import java.util.List;
import java.util.Map;

/**
 * The result of one fork.
 *
 * @param subject the subject's id
 * @param isResident whether the figures are of the resident set; otherwise of the committed virtual memory
 * @param baselineBytes of the process before the allocator was made
 * @param stages the memory at the end of each part of the load
 * @param shrinks whether the allocator has a call to give back memory
 * @param peakBytes the most of all samples, above the baseline
 * @param samples over time
 */
public record MemoryMeasurement(
        String subject,
        boolean isResident,
        long baselineBytes,
        Map<Stage, Reading> stages,
        boolean shrinks,
        long peakBytes,
        List<Reading> samples) {}

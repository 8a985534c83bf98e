package io.slabcache.bench.latency;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import io.slabcache.bench.slots.GrowthStalls;
import java.util.Map;

/**
 * The result of one fork.
 *
 * @param subject the subject's id
 * @param round from 1
 * @param openMillis to make the allocator, with what it reserves
 * @param growMillis to grow
 * @param grownObjects fewer than planned if the allocator could not keep up
 * @param freeMillis to free everything
 * @param keptObjects not 0 if that took too long
 * @param shrinkMillis {@code null} if the allocator has no such call
 * @param growthStalls {@code null} if it does not count them
 * @param histograms of nanoseconds, in HdrHistogram's compressed form in Base64
 */
@JsonInclude(Include.NON_NULL)
public record LatencyMeasurement(
        String subject,
        int round,
        double openMillis,
        double growMillis,
        int grownObjects,
        double freeMillis,
        int keptObjects,
        Double shrinkMillis,
        GrowthStalls growthStalls,
        Map<Series, String> histograms) {}

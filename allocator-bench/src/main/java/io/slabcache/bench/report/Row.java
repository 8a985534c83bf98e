package io.slabcache.bench.report;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;

/**
 * The result of one subject under one workload.
 *
 * @param workload the workload's id
 * @param subject the subject's id
 * @param nanoseconds per operation, over all iterations of all rounds
 * @param toLimit ratio to the limit's time, {@code null} if the limit was not measured
 * @param toLimitInterval where that ratio lies with 95 % confidence, {@code null} if there was one round
 * @param toSlabcache ratio to Slabcache's time, {@code null} if that was not measured
 * @param toSlabcacheInterval the same for this ratio
 * @param toPlain ratio to the time of its plain form, {@code null} if there is none or it was not measured
 * @param garbageBytes heap bytes allocated per operation, the median of the rounds
 * @param collector of the JVM, {@code null} for its default
 */
@JsonInclude(Include.NON_NULL)
public record Row(
        String workload,
        String subject,
        Spread nanoseconds,
        Double toLimit,
        Interval toLimitInterval,
        Double toSlabcache,
        Interval toSlabcacheInterval,
        Double toPlain,
        double garbageBytes,
        String collector) {

    /** With the default collector. */
    public Row(
            String workload,
            String subject,
            Spread nanoseconds,
            Double toLimit,
            Interval toLimitInterval,
            Double toSlabcache,
            Interval toSlabcacheInterval,
            Double toPlain,
            double garbageBytes) {
        this(
                workload,
                subject,
                nanoseconds,
                toLimit,
                toLimitInterval,
                toSlabcache,
                toSlabcacheInterval,
                toPlain,
                garbageBytes,
                null);
    }
}

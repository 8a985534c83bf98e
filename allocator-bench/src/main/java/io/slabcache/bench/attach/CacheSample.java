package io.slabcache.bench.attach;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * What one cache holds and has done, at one moment.
 *
 * @param time of the figures
 * @param id the cache's number in its JVM
 * @param name which other caches may have, too
 * @param figures by their names in the library's statistics, in the library's order
 * @param rates growth of the figures in a second since the sample before; empty in the first one
 * @param hitPercent share of allocations since then that the threads' magazines served
 * @param steps latencies of the slow path
 * @param threads magazines, by thread
 * @param sites where live objects were allocated, as far as that is known
 */
public record CacheSample(
        Instant time,
        long id,
        String name,
        Map<String, Long> figures,
        Map<String, Double> rates,
        double hitPercent,
        List<StepSample> steps,
        List<ThreadSample> threads,
        List<SiteSample> sites) {

    /**
     * How long a slow step took, in nanoseconds.
     *
     * @param step its name
     * @param counts number of times, by bucket: the buckets double, and the first one ends at 128 ns
     */
    public record StepSample(String step, long count, long p50, long p99, long longest, List<Long> counts) {}

    /**
     * The free objects that a thread keeps in its magazines.
     *
     * @param thread its name
     * @param threadId its number
     */
    public record ThreadSample(String thread, long threadId, long cachedObjects) {}

    /**
     * Live objects that were allocated at one place.
     *
     * @param stack innermost frame first
     */
    public record SiteSample(long objects, List<String> stack) {}

    /** Returns a figure, or 0 if the JVM's version of the library does not have it. */
    public long figure(String figure) {
        return figures.getOrDefault(figure, 0L);
    }

    /** Returns a rate, if there is one. */
    public OptionalDouble rate(String figure) {
        Double rate = rates.get(figure);
        return rate == null ? OptionalDouble.empty() : OptionalDouble.of(rate);
    }

    /** Returns the same with details. */
    CacheSample with(List<StepSample> newSteps, List<ThreadSample> newThreads, List<SiteSample> newSites) {
        return new CacheSample(time, id, name, figures, rates, hitPercent, newSteps, newThreads, newSites);
    }

    /** Returns the growth of each figure in a second, from an earlier sample of the same cache to figures of now. */
    static Map<String, Double> rates(CacheSample before, Instant now, Map<String, Long> figures) {
        double seconds = Duration.between(before.time, now).toNanos() / 1e9;
        Map<String, Double> rates = new LinkedHashMap<>();
        for (Map.Entry<String, Long> figure : figures.entrySet()) {
            Long old = before.figures.get(figure.getKey());
            if (old != null && seconds > 0) {
                rates.put(figure.getKey(), (figure.getValue() - old) / seconds);
            }
        }
        return rates;
    }
}

package io.slabcache.internal.debug;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * How many objects one place in a program has allocated, or freed, and how long ago.
 *
 * @param count of objects
 * @param youngest time since the last call
 * @param average of all times
 * @param oldest time since the first call
 * @param stack of the calls
 */
public record Tally(long count, Duration youngest, Duration average, Duration oldest, List<StackTraceElement> stack) {
    /**
     * Counts samples by stack.
     *
     * @param samples those without a track are left out
     * @param now the time up to which ages are counted
     * @return the most frequent stack first
     */
    public static List<Tally> of(List<Sample> samples, Instant now) {
        Map<List<StackTraceElement>, List<Duration>> ages = new LinkedHashMap<>();
        samples.stream()
                .map(Sample::track)
                .filter(Objects::nonNull)
                .forEach(track -> ages.computeIfAbsent(track.stack(), stack -> new ArrayList<>())
                        .add(Duration.between(track.time(), now)));
        return ages.entrySet().stream()
                .map(entry -> of(entry.getKey(), entry.getValue()))
                .sorted(Comparator.comparingLong(Tally::count).reversed())
                .toList();
    }

    private static Tally of(List<StackTraceElement> stack, List<Duration> ages) {
        Duration sum = ages.stream().reduce(Duration.ZERO, Duration::plus);
        return new Tally(
                ages.size(),
                ages.stream().min(Comparator.naturalOrder()).orElseThrow(),
                sum.dividedBy(ages.size()),
                ages.stream().max(Comparator.naturalOrder()).orElseThrow(),
                stack);
    }
}

package io.slabcache.internal.debug;

import io.slabcache.diagnostics.ObjectTrace;
import io.slabcache.diagnostics.ObjectTrack;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Counts samples by stack. */
public final class Traces {
    private Traces() {}

    /**
     * Returns for each stack how many objects it has allocated, or freed, and how long ago.
     *
     * @param samples those without a track are ignored
     * @param now the end of all ages
     * @param objectSize bytes of each object
     * @return the most frequent stack first
     */
    public static List<ObjectTrace> of(List<Sample> samples, Instant now, long objectSize) {
        Map<List<StackTraceElement>, List<Duration>> ages = new LinkedHashMap<>();
        for (Sample sample : samples) {
            ObjectTrack track = sample.track();
            if (track != null) {
                ages.computeIfAbsent(track.stack(), stack -> new ArrayList<>())
                        .add(Duration.between(track.time(), now));
            }
        }
        return ages.entrySet().stream()
                .map(entry -> of(entry.getKey(), entry.getValue(), objectSize))
                .sorted(Comparator.comparingLong(ObjectTrace::count).reversed())
                .toList();
    }

    private static ObjectTrace of(List<StackTraceElement> stack, List<Duration> ages, long objectSize) {
        Duration sum = ages.stream().reduce(Duration.ZERO, Duration::plus);
        return new ObjectTrace(
                ages.size(),
                ages.size() * objectSize,
                ages.stream().min(Comparator.naturalOrder()).orElseThrow(),
                sum.dividedBy(ages.size()),
                ages.stream().max(Comparator.naturalOrder()).orElseThrow(),
                stack);
    }
}

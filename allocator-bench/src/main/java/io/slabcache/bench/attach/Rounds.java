package io.slabcache.bench.attach;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import jdk.jfr.consumer.RecordedEvent;

/** Several events for each cache in each round: those of the last round count. */
final class Rounds<T> {

    /** The events of a round follow each other faster, and rounds more slowly. */
    private static final Duration APART = Duration.ofMillis(300);

    private final Map<Long, List<T>> last = new HashMap<>();
    private Instant newest = Instant.MIN;

    void add(RecordedEvent event, long cache, T part) {
        Instant time = event.getStartTime();
        if (newest.isBefore(time.minus(APART))) {
            last.clear();
        }
        newest = time;
        last.computeIfAbsent(cache, id -> new ArrayList<>()).add(part);
    }

    List<T> of(long cache) {
        return List.copyOf(last.getOrDefault(cache, List.of()));
    }
}

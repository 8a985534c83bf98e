package io.slabcache.bench.attach;

import io.slabcache.bench.attach.CacheSample.SiteSample;
import io.slabcache.bench.attach.CacheSample.StepSample;
import io.slabcache.bench.attach.CacheSample.ThreadSample;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import jdk.jfr.ValueDescriptor;
import jdk.jfr.consumer.RecordedEvent;

/** Puts the library's events together to one sample for each cache. For any thread. */
final class EventReader {

    static final String STATISTICS = "io.slabcache.CacheStatistics";
    static final String LATENCY = "io.slabcache.SlowStepLatency";
    static final String CACHED = "io.slabcache.CachedObjects";
    static final String SITE = "io.slabcache.AllocationSite";

    /** Events about details, which need a walk through the threads and tracked objects of each cache. */
    static final List<String> DETAILS = List.of(LATENCY, CACHED, SITE);

    private static final String ID = "cacheId";
    private static final String HIT_RATIO = "magazineHitRatio";

    /** Of each event, or what this program computes by itself. */
    private static final Set<String> NO_FIGURES =
            Set.of("startTime", "duration", "eventThread", "stackTrace", ID, HIT_RATIO, "allocationRate", "freeRate");

    /** A cache that is missing from so many rounds of events is closed. */
    private static final double MISSING_ROUNDS = 2.5;

    private static final int PERCENT = 100;
    private static final Duration BETWEEN_FLUSHES = Duration.ofSeconds(1);

    private final Map<Long, CacheSample> caches = new TreeMap<>();

    // By the number of the cache.
    private final Rounds<StepSample> steps = new Rounds<>();
    private final Rounds<ThreadSample> threads = new Rounds<>();
    private final Rounds<SiteSample> sites = new Rounds<>();

    private Duration period = BETWEEN_FLUSHES;
    private Instant newest = Instant.MIN;
    private long flushes;
    private long flushesWithoutEvent;

    synchronized void setPeriod(Duration period) {
        this.period = period;
    }

    synchronized List<CacheSample> caches() {
        return caches.values().stream()
                .map(cache -> cache.with(steps.of(cache.id()), threads.of(cache.id()), sites.of(cache.id())))
                .toList();
    }

    synchronized long flushes() {
        return flushes;
    }

    synchronized void flushed() {
        flushes++;
        flushesWithoutEvent++;
        Duration missing = Duration.ofNanos((long) (period.toNanos() * MISSING_ROUNDS));
        Duration silence = BETWEEN_FLUSHES.multipliedBy(flushesWithoutEvent);
        if (silence.compareTo(missing.plus(BETWEEN_FLUSHES)) > 0) {
            caches.clear();
        } else if (newest.isAfter(Instant.MIN)) {
            caches.values().removeIf(cache -> cache.time().isBefore(newest.minus(missing)));
        }
    }

    synchronized void add(RecordedEvent event) {
        switch (event.getEventType().getName()) {
            case STATISTICS -> addStatistics(event);
            case LATENCY -> steps.add(event, event.getLong(ID), step(event));
            case CACHED -> threads.add(event, event.getLong(ID), thread(event));
            case SITE -> sites.add(event, event.getLong(ID), site(event));
            default -> {}
        }
    }

    private void addStatistics(RecordedEvent event) {
        flushesWithoutEvent = 0;
        Instant time = event.getStartTime();
        newest = time.isAfter(newest) ? time : newest;
        Map<String, Long> figures = new LinkedHashMap<>();
        for (ValueDescriptor field : event.getFields()) {
            if (!NO_FIGURES.contains(field.getName()) && event.getValue(field.getName()) instanceof Number number) {
                figures.put(field.getName(), number.longValue());
            }
        }
        long id = event.getLong(ID);
        CacheSample before = caches.get(id);
        caches.put(
                id,
                new CacheSample(
                        time,
                        id,
                        event.getString("cache"),
                        figures,
                        before == null ? Map.of() : CacheSample.rates(before, time, figures),
                        event.getFloat(HIT_RATIO) * PERCENT,
                        List.of(),
                        List.of(),
                        List.of()));
    }

    private static StepSample step(RecordedEvent event) {
        return new StepSample(
                event.getString("step"),
                event.getLong("count"),
                event.getLong("p50"),
                event.getLong("p99"),
                event.getLong("longest"),
                Arrays.stream(event.getString("counts").split(","))
                        .map(Long::valueOf)
                        .toList());
    }

    private static ThreadSample thread(RecordedEvent event) {
        return new ThreadSample(event.getString("holder"), event.getLong("threadId"), event.getLong("objects"));
    }

    private static SiteSample site(RecordedEvent event) {
        return new SiteSample(
                event.getLong("objects"), event.getString("allocatedAt").lines().toList());
    }
}

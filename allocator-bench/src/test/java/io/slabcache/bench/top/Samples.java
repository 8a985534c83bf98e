package io.slabcache.bench.top;

import io.slabcache.bench.attach.CacheSample;
import io.slabcache.bench.attach.CacheSample.SiteSample;
import io.slabcache.bench.attach.CacheSample.StepSample;
import io.slabcache.bench.attach.CacheSample.ThreadSample;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Caches as they come from a JVM. */
final class Samples {
    private Samples() {}

    static CacheSample cache(long id, String name, long size, long live, long bytes) {
        Map<String, Long> figures = new LinkedHashMap<>();
        figures.put("objectSize", size);
        figures.put("liveObjects", live);
        figures.put("maxObjects", Long.MAX_VALUE);
        figures.put("reservedBytes", bytes);
        figures.put("magazineCapacity", 256L);
        return new CacheSample(
                Instant.EPOCH,
                id,
                name,
                figures,
                Map.of("allocations", 900.0, "frees", 100.0),
                99,
                List.of(new StepSample("refill", 3, 255, 400, 400, List.of(0L, 2L, 1L, 0L))),
                List.of(new ThreadSample("main", 1, 12), new ThreadSample("worker\n1", 40, 200)),
                List.of(new SiteSample(2, List.of("Orders.take(Orders.java:7)", "Main.main(Main.java:3)"))));
    }

    static List<CacheSample> three() {
        return List.of(
                cache(1, "orders", 64, 1_000_000, 64 << 20),
                cache(2, "odd \"name\", * \u001b[31m\n", 4_096, 3, 1 << 20),
                cache(3, "Frames", 1_024, 7_000, 8 << 20));
    }
}

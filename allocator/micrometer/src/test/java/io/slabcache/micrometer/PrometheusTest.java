package io.slabcache.micrometer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import io.micrometer.core.instrument.Tags;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.slabcache.SlabCache;
import io.slabcache.diagnostics.SlabCacheStats;
import io.slabcache.diagnostics.SlowStep;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A scrape by HTTP, as Prometheus does it. */
@Timeout(60)
class PrometheusTest {
    /** Longer than one snapshot is shown. */
    private static final long STALE_MILLIS = 150;

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private HttpServer server;

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/metrics", exchange -> {
            byte[] text = registry.scrape().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, text.length);
            exchange.getResponseBody().write(text);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    /** Scrapes twice, because a new cache shows up in the next scrape but one at the latest. */
    private List<String> scrape() throws Exception {
        String text = "";
        for (int i = 0; i < 2; i++) {
            Thread.sleep(STALE_MILLIS);
            URI uri = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/metrics");
            try (HttpClient client = HttpClient.newHttpClient()) {
                HttpResponse<String> response =
                        client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
                assertEquals(200, response.statusCode());
                text = response.body();
            }
        }
        return text.lines().toList();
    }

    /** The value of the only sample with that name and all these labels. */
    private static double value(List<String> lines, String name, String... labels) {
        List<String> found = lines.stream()
                .filter(line -> line.startsWith(name + "{") || line.startsWith(name + " "))
                .filter(line -> Arrays.stream(labels).allMatch(line::contains))
                .toList();
        assertEquals(1, found.size(), () -> name + Arrays.toString(labels) + " in\n" + String.join("\n", lines));
        return Double.parseDouble(found.getFirst().replaceFirst(".* ", ""));
    }

    @Test
    void theScrapeAgreesWithTheStatistics() throws Exception {
        new SlabCacheMetrics(Tags.of("app", "shop")).bindTo(registry);
        try (SlabCache cache =
                SlabCache.builder("orders", 64).maxObjects(50_000).build()) {
            long[] objects = new long[5000];
            Arrays.setAll(objects, i -> cache.allocateAddress());
            for (int i = 0; i < 1000; i++) {
                cache.freeAddress(objects[i]);
            }
            List<String> lines = scrape();
            SlabCacheStats stats = cache.stats();
            String[] labels = {"app=\"shop\"", "cache=\"orders\"", "id=\"" + cache.id() + "\""};
            assertEquals(4000, value(lines, "slabcache_objects", with(labels, "state=\"live\"")));
            assertEquals(stats.cachedObjects(), value(lines, "slabcache_objects", with(labels, "state=\"cached\"")));
            assertEquals(
                    stats.totalObjects() - stats.cachedObjects() - 4000,
                    value(lines, "slabcache_objects", with(labels, "state=\"free\"")));
            assertEquals(50_000, value(lines, "slabcache_objects_max", labels));
            assertEquals(64, value(lines, "slabcache_object_size_bytes", labels));
            assertEquals(stats.reservedBytes(), value(lines, "slabcache_memory_reserved_bytes", labels));
            assertEquals(stats.slabs(), value(lines, "slabcache_slabs", labels));
            assertEquals(stats.allocations(), value(lines, "slabcache_allocations_total", labels));
            assertEquals(stats.frees(), value(lines, "slabcache_frees_total", labels));
            assertEquals(stats.refills(), value(lines, "slabcache_refills_total", labels));
            assertEquals(0, value(lines, "slabcache_misuses_total", labels));
            String[] growth = with(labels, "step=\"growth\"");
            assertEquals(stats.latency(SlowStep.GROWTH).count(), value(lines, "slabcache_slow_seconds_count", growth));
            assertEquals(
                    stats.latency(SlowStep.GROWTH).total() / 1e9,
                    value(lines, "slabcache_slow_seconds_sum", growth),
                    1e-9);
            assertEquals(
                    stats.latency(SlowStep.GROWTH).longest() / 1e9,
                    value(lines, "slabcache_slow_longest_seconds", growth),
                    1e-9);
            for (int i = 1000; i < objects.length; i++) {
                cache.freeAddress(objects[i]);
            }
        }
    }

    private static String[] with(String[] labels, String more) {
        String[] all = Arrays.copyOf(labels, labels.length + 1);
        all[labels.length] = more;
        return all;
    }

    @Test
    void cachesComeAndGo() throws Exception {
        SlabCache early = SlabCache.builder("early", 64).build();
        new SlabCacheMetrics().bindTo(registry);
        assertEquals(1, value(scrape(), "slabcache_caches"));
        SlabCache late = SlabCache.builder("late", 64).build();
        SlabCache twin = SlabCache.builder("late", 128).build();
        List<String> lines = scrape();
        assertEquals(3, value(lines, "slabcache_caches"));
        assertEquals(64, value(lines, "slabcache_object_size_bytes", "cache=\"early\""));
        assertEquals(64, value(lines, "slabcache_object_size_bytes", "cache=\"late\"", "id=\"" + late.id() + "\""));
        assertEquals(128, value(lines, "slabcache_object_size_bytes", "cache=\"late\"", "id=\"" + twin.id() + "\""));
        assertFalse(lines.stream().anyMatch(line -> line.startsWith("slabcache_objects_max")), "none is bounded");
        early.close();
        late.close();
        twin.close();
        lines = scrape();
        assertEquals(0, value(lines, "slabcache_caches"));
        assertFalse(lines.stream().anyMatch(line -> line.contains("cache=")), lines::toString);
    }

    @ParameterizedTest(name = "{index}")
    @ValueSource(strings = {"a \"quoted\" name", "one,two=3", "*", "back\\slash", "line\nbreak", "ä 缓存"})
    void anyNameIsAValidLabel(String name) throws Exception {
        new SlabCacheMetrics().bindTo(registry);
        try (SlabCache cache = SlabCache.builder(name, 64).build()) {
            String escaped = name.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
            String[] labels = {"cache=\"" + escaped + "\"", "id=\"" + cache.id() + "\""};
            assertEquals(64, value(scrape(), "slabcache_object_size_bytes", labels));
        }
    }

    @Test
    void metersKeepNoCache() throws Exception {
        new SlabCacheMetrics().bindTo(registry);
        SlabCache cache = SlabCache.builder("forgotten", 64).build();
        assertEquals(64, value(scrape(), "slabcache_object_size_bytes", "cache=\"forgotten\""));
        WeakReference<SlabCache> left = new WeakReference<>(cache);
        cache = null;
        for (int i = 0; i < 100 && !left.refersTo(null); i++) {
            System.gc();
            Thread.sleep(20);
        }
        assertTrue(left.refersTo(null));
        assertFalse(scrape().stream().anyMatch(line -> line.contains("forgotten")));
    }

    /** Counters never fall, while eight threads allocate and others scrape. */
    @Test
    void countersOnlyRise() throws Exception {
        new SlabCacheMetrics().bindTo(registry);
        AtomicBoolean isDone = new AtomicBoolean();
        List<Thread> threads = new ArrayList<>();
        try (SlabCache cache = SlabCache.builder("busy", 64).build()) {
            for (int i = 0; i < 8; i++) {
                threads.add(Thread.ofPlatform().start(() -> {
                    while (!isDone.get()) {
                        cache.freeAddress(cache.allocateAddress());
                    }
                }));
            }
            TreeMap<String, Double> last = new TreeMap<>();
            for (int i = 0; i < 5; i++) {
                for (String line : scrape()) {
                    if (line.contains("_total{") || line.contains("_count{")) {
                        String sample = line.substring(0, line.lastIndexOf(' '));
                        double value = Double.parseDouble(line.substring(line.lastIndexOf(' ')));
                        assertTrue(value >= last.getOrDefault(sample, 0.0), line);
                        last.put(sample, value);
                    }
                }
            }
            assertTrue(last.size() > 10, last::toString);
            assertTrue(last.entrySet().stream()
                    .anyMatch(each -> each.getKey().contains("allocations") && each.getValue() > 0));
            isDone.set(true);
            for (Thread thread : threads) {
                thread.join();
            }
        } finally {
            isDone.set(true);
        }
    }
}

package io.slabcache.tests.observe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.slabcache.SlabCache;
import io.slabcache.SlabCaches;
import io.slabcache.diagnostics.SlabCacheStats;
import io.slabcache.tests.support.Collector;
import io.slabcache.tests.support.Workers;
import java.lang.ref.WeakReference;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Statistics of all open caches: which, as what text, and without keeping one reachable. */
@Timeout(60)
class SlabCachesTest {
    private static Optional<SlabCacheStats> find(SlabCache cache) {
        return SlabCaches.all().stream()
                .filter(stats -> stats.id() == cache.id())
                .findFirst();
    }

    @Test
    void openCachesAreThereAndClosedOnesAreNot() {
        SlabCache first = SlabCache.builder("observed", 64).build();
        SlabCache second = SlabCache.builder("observed", 128).build();
        long object = second.allocateAddress();
        assertEquals(0, find(first).orElseThrow().liveObjects());
        SlabCacheStats stats = find(second).orElseThrow();
        assertEquals(1, stats.liveObjects());
        assertEquals(128, stats.objectSize());
        assertEquals(second.stats().toString(), stats.toString());
        second.freeAddress(object);
        first.close();
        assertTrue(find(first).isEmpty());
        assertTrue(find(second).isPresent());
        second.close();
        assertTrue(find(second).isEmpty());
    }

    @Test
    void snapshotsKeepNoCache() {
        SlabCache cache = SlabCache.builder("dropped", 64).build();
        List<SlabCacheStats> all = SlabCaches.all();
        WeakReference<SlabCache> left = new WeakReference<>(cache);
        cache = null;
        Collector.collectUntil(() -> left.refersTo(null));
        assertFalse(all.isEmpty());
    }

    @ParameterizedTest(name = "{index}")
    @ValueSource(
            strings = {
                "plain",
                "a \"quoted\" name",
                "comma, colon: brace}",
                "back\\slash",
                "line\nbreak\tand\u0000more",
                "späße 缓存 \ud83d\ude00",
                "*"
            })
    void jsonIsReadBackWithTheSameFigures(String name) throws Exception {
        try (SlabCache cache = SlabCache.builder(name, 64).maxObjects(1000).build()) {
            long object = cache.allocateAddress();
            SlabCacheStats stats = find(cache).orElseThrow();
            JsonNode read = new ObjectMapper().readTree(stats.toJson());
            assertEquals(name, read.get("name").textValue());
            assertEquals(cache.id(), read.get("id").longValue());
            for (SlabCacheStats.Figure figure : SlabCacheStats.Figure.values()) {
                JsonNode value = read.get(figure.label());
                assertEquals(stats.get(figure), value.isNull() ? Long.MAX_VALUE : value.longValue(), figure.label());
            }
            assertTrue(read.get("budgetLimitBytes").isNull());
            assertTrue(stats.toJson().chars().allMatch(c -> c >= ' ' && c < 0x7f), stats.toJson());
            cache.freeAddress(object);
        }
    }

    @Test
    void jsonOfAllCachesIsAnArray() throws Exception {
        try (SlabCache one = SlabCache.builder("one", 64).build();
                SlabCache two = SlabCache.builder("two", 64).build()) {
            JsonNode read = new ObjectMapper().readTree(SlabCaches.toJson());
            assertTrue(read.isArray());
            List<Long> ids =
                    read.findValues("id").stream().map(JsonNode::longValue).toList();
            assertTrue(ids.containsAll(List.of(one.id(), two.id())), ids::toString);
        }
    }

    @Test
    void theTableHasALineForEachCacheAndTheLargestFirst() {
        try (SlabCache small = SlabCache.builder("small", 64).build();
                SlabCache large = SlabCache.builder("large\nname that is longer than the column", 4096)
                        .reserve(1000)
                        .build()) {
            small.free(small.allocate());
            List<String> lines = SlabCaches.table().lines().toList();
            String largest = lines.stream()
                    .filter(line -> line.startsWith("large?name that is …"))
                    .findFirst()
                    .orElseThrow();
            String smallest = lines.stream()
                    .filter(line -> line.startsWith("small "))
                    .findFirst()
                    .orElseThrow();
            assertTrue(lines.indexOf(largest) < lines.indexOf(smallest), lines::toString);
            assertTrue(lines.stream().allMatch(line -> line.length() <= 80), lines::toString);
            assertTrue(
                    largest.contains(" 4096 ")
                            && largest.endsWith(" " + large.stats().reservedBytes()),
                    largest);
        }
    }

    /** A cache that closes while it is read must not show up with figures of 0, nor disturb the reader. */
    @Test
    void cachesMayComeAndGoMeanwhile() {
        AtomicBoolean isDone = new AtomicBoolean();
        Workers workers = new Workers();
        for (int i = 0; i < 2; i++) {
            workers.platform(() -> {
                while (!isDone.get()) {
                    try (SlabCache cache =
                            SlabCache.builder("brief", 64).reserve(10).build()) {
                        cache.free(cache.allocate());
                    }
                }
            });
        }
        workers.platform(() -> {
            try {
                for (int i = 0; i < 200; i++) {
                    for (SlabCacheStats stats : SlabCaches.all()) {
                        assertTrue(stats.objectSize() > 0, stats::toString);
                    }
                }
            } finally {
                isDone.set(true);
            }
        });
        workers.run();
    }
}

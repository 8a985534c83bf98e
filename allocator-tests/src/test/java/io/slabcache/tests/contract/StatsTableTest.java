package io.slabcache.tests.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slabcache.SlabCache;
import io.slabcache.diagnostics.SlabCacheStats;
import io.slabcache.memory.MemoryBudget;
import io.slabcache.memory.MemorySource;
import java.lang.reflect.AccessFlag;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The table that statistics print in a log. */
class StatsTableTest {
    /** The lines of the figures: after the name of the cache, and before the latencies. */
    private static List<String> lines(SlabCacheStats stats) {
        return stats.toString()
                .lines()
                .skip(1)
                .takeWhile(line -> !line.startsWith("  latency"))
                .toList();
    }

    private static Map<String, String> rows(SlabCacheStats stats) {
        Map<String, String> rows = new TreeMap<>();
        lines(stats).forEach(line -> {
            String[] cells = line.strip().split(" +");
            assertEquals(2, cells.length, line);
            assertEquals(null, rows.put(cells[0], cells[1]), line);
        });
        return rows;
    }

    @Test
    void eachFigureHasALineWithTheNameOfItsAccessor() throws ReflectiveOperationException {
        MemorySource memory = MemoryBudget.ofBytes(1 << 30).limit(MemorySource.arena());
        try (SlabCache cache = SlabCache.builder("table", 24)
                .maxObjects(5000)
                .alignment(64)
                .memory(memory)
                .build()) {
            cache.prefill(3);
            long object = cache.allocateAddress();
            SlabCacheStats stats = cache.stats();
            Map<String, String> expected = new TreeMap<>();
            for (Method accessor : SlabCacheStats.class.getDeclaredMethods()) {
                boolean isFigure = accessor.accessFlags().contains(AccessFlag.PUBLIC)
                        && accessor.getReturnType().isPrimitive()
                        && accessor.getParameterCount() == 0
                        && !accessor.getName().equals("id");
                if (isFigure) {
                    expected.put(accessor.getName(), accessor.invoke(stats).toString());
                }
            }
            assertEquals(expected, rows(stats));
            assertTrue(expected.size() >= 22, expected::toString);
            assertEquals(
                    "cache 'table' (#" + cache.id() + ")",
                    stats.toString().lines().findFirst().orElseThrow());
            cache.freeAddress(object);
        }
    }

    @Test
    void columnsAreAligned() {
        try (SlabCache cache = SlabCache.builder("table", 24).build()) {
            cache.freeAddress(cache.allocateAddress());
            SlabCacheStats stats = cache.stats();
            assertEquals(
                    1, lines(stats).stream().mapToInt(String::length).distinct().count(), stats::toString);
            List<String> latencies = stats.toString()
                    .lines()
                    .dropWhile(line -> !line.startsWith("  latency"))
                    .toList();
            assertEquals(
                    1, latencies.stream().mapToInt(String::length).distinct().count(), stats::toString);
            assertTrue(latencies.size() > 2, stats::toString);
        }
    }

    @Test
    void theTableHasAWordForNoBound() {
        try (SlabCache cache = SlabCache.builder("table", 24).build()) {
            assertEquals(Long.MAX_VALUE, cache.stats().maxObjects());
            assertEquals("unbounded", rows(cache.stats()).get("maxObjects"));
        }
    }

    /** Code that shows all figures needs no list of its own. */
    @Test
    void eachFigureIsFoundByItsName() throws ReflectiveOperationException {
        try (SlabCache cache = SlabCache.builder("table", 24).build()) {
            cache.freeAddress(cache.allocateAddress());
            SlabCacheStats stats = cache.stats();
            for (SlabCacheStats.Figure figure : SlabCacheStats.Figure.values()) {
                Method accessor = SlabCacheStats.class.getMethod(figure.label());
                assertEquals(stats.get(figure), ((Number) accessor.invoke(stats)).longValue(), figure.label());
            }
        }
    }
}

package io.slabcache.tests.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slabcache.SlabCache;
import io.slabcache.SlabCacheBuilder;
import io.slabcache.diagnostics.Debug;
import io.slabcache.diagnostics.SlabCacheStats;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Objects whose size is a large power of two have a cache line between them, unless something forbids it. */
class ColouringTest {
    private static final int BURST = 64;
    private static final int LINE = 64;

    /** The sets of a first-level cache of 32 KiB with eight ways. */
    private static final int SETS = 64;

    private static SlabCacheBuilder builder(long size) {
        return SlabCache.builder("coloured", size);
    }

    private static SlabCacheStats stats(SlabCacheBuilder builder) {
        try (SlabCache cache = builder.build()) {
            cache.freeAddress(cache.allocateAddress());
            cache.validate();
            return cache.stats();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "256, 8, 256",
        "1024, 8, 1024",
        "2040, 8, 2040",
        "2041, 8, 2112",
        "2048, 8, 2112",
        "2048, 64, 2112",
        "2048, 128, 2048",
        "3072, 8, 3072",
        "4096, 8, 4160",
        "4096, 64, 4160",
        "4096, 4096, 4096",
        "6144, 1, 6208",
        "1048576, 8, 1048640",
        "536870912, 8, 536870976",
        "1073741824, 8, 1073741824",
    })
    void theStrideHasALineMoreIfItIsALargePowerOfTwo(long size, long alignment, long stride) {
        try (SlabCache cache = builder(size).alignment(alignment).build()) {
            assertEquals(stride, cache.stats().stride());
            assertEquals(alignment, cache.alignment());
            assertEquals(size, cache.objectSize());
        }
        long packed = (size + alignment - 1) / alignment * alignment;
        try (SlabCache cache =
                builder(size).alignment(alignment).colouring(false).build()) {
            assertEquals(packed, cache.stats().stride());
        }
    }

    private static int setsOfHeaders(SlabCacheBuilder builder) {
        Set<Long> sets = new HashSet<>();
        try (SlabCache cache = builder.build()) {
            long[] objects = new long[BURST];
            assertTrue(cache.allocateBulk(objects, 0, BURST));
            for (long object : objects) {
                sets.add(object / LINE % SETS);
            }
            cache.freeBulk(objects, 0, BURST);
        }
        return sets.size();
    }

    @ParameterizedTest
    @CsvSource({"2048, 2", "4096, 1"})
    void theHeadersOfABurstSpreadOverTheCache(long size, int packed) {
        // A refill takes 32 objects, and then others whose live bytes are in another line.
        assertTrue(setsOfHeaders(builder(size)) >= SETS / 2);
        // Known bad.
        assertEquals(packed, setsOfHeaders(builder(size).colouring(false)));
    }

    @Test
    void boundsAndStatisticsCountTheLine() {
        SlabCacheStats stats = stats(builder(2048).maxBytes(1 << 20));
        assertEquals((1 << 20) / 2112, stats.maxObjects());
        assertTrue(stats.reservedBytes() >= stats.totalObjects() * 2112);
        assertEquals(
                512, stats(builder(2048).maxBytes(1 << 20).colouring(false)).maxObjects());
        assertEquals(100, stats(builder(4096).slabBytes(100 * 4160)).totalObjects());
    }

    /** What a program could ask for without colouring, it can ask for with it. */
    @Test
    void itIsLeftOutWhereItHasNoRoom() {
        assertEquals(4096, stats(builder(4096).slabBytes(4096)).stride());
        assertEquals(4096, stats(builder(4096).maxBytes(4096)).stride());
        assertEquals(2048, stats(builder(2048).maxBytes(64 * 2048).reserve(64)).stride());
        assertEquals(2112, stats(builder(2048).maxBytes(64 * 2112).reserve(64)).stride());
    }

    private static long firstRegionBytes(SlabCacheBuilder builder) {
        List<Long> asked = new ArrayList<>();
        assertThrows(
                OutOfMemoryError.class,
                () -> builder.memory((bytes, alignment) -> {
                            asked.add(bytes);
                            throw new OutOfMemoryError();
                        })
                        .build());
        return asked.getFirst();
    }

    /** A GiB is the most that one region has. */
    @Test
    void reservedObjectsStayInOneRegion() {
        long objects = 1 << 18;
        assertEquals(1 << 30, firstRegionBytes(builder(4096).maxObjects(objects).reserve(objects)));
        long fewer = objects - (objects >> 5);
        assertEquals(
                fewer * 4160, firstRegionBytes(builder(4096).maxObjects(fewer).reserve(fewer)));
    }

    @Test
    void objectsOfAColouredRegionHaveNumbers() {
        try (SlabCache cache = builder(4096).maxObjects(100).reserve(100).build()) {
            assertEquals(100 * 4160, cache.window().byteSize());
            for (int i = 0; i < 100; i++) {
                assertEquals(i, cache.indexOf(cache.addressOf(i)));
                assertEquals(i * 4160L, cache.offset(cache.addressOf(i)));
            }
        }
    }

    @Test
    void theLineIsPartOfTheRedzoneOfADebuggedCache() {
        try (SlabCache cache = builder(4080).debug(Debug.REDZONES).build()) {
            assertEquals(4160, cache.stats().stride());
            long object = cache.allocateAddress();
            cache.freeAddress(object);
            assertTrue(cache.validate().isClean());
        }
    }
}

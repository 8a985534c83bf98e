package io.slabcache.tests.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slabcache.SlabCache;
import io.slabcache.memory.MemoryRegion;
import io.slabcache.memory.MemorySource;
import io.slabcache.tests.support.ChildJvm;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The reserved bytes are what the source really took, including alignment. */
class ReservedMemoryTest {
    private static final int SLAB_BYTES = 1 << 16;
    private static final int SLABS = 1_000;

    /** The rounding of the C library. */
    private static final int TOLERANCE = 16;

    private static boolean isTrue(long said, long tracked) {
        return Math.abs(said - tracked) <= (long) TOLERANCE * SLABS;
    }

    @ParameterizedTest
    @ValueSource(ints = {8, 64, 4096})
    void theDefaultSourceTellsWhatAlignmentCosts(int alignment, @TempDir Path folder) {
        ChildJvm.Result result = ChildJvm.run(
                folder,
                "-XX:NativeMemoryTracking=summary",
                "-cp",
                ChildJvm.libraryAndTests(),
                MemoryOfSlabs.class.getName(),
                "" + alignment,
                "" + SLAB_BYTES,
                "" + SLABS);
        assertEquals(0, result.exitCode(), result.errors());
        String[] numbers = result.output().strip().split(" ");
        long said = Long.parseLong(numbers[0]);
        long tracked = Long.parseLong(numbers[1]);
        assertTrue(isTrue(said, tracked), result::output);
        // Known bad: the bytes that were requested.
        assertFalse(isTrue((long) SLABS * SLAB_BYTES, tracked), result::output);
    }

    private record Costly(MemoryRegion region, long overheadBytes) implements MemoryRegion {
        @Override
        public MemorySegment segment() {
            return region.segment();
        }

        @Override
        public void close() {
            region.close();
        }
    }

    private static SlabCache costly(long overhead) {
        MemorySource arena = MemorySource.arena();
        return SlabCache.builder("costly", 64)
                .slabBytes(SLAB_BYTES)
                .memory((bytes, alignment) -> new Costly(arena.allocate(bytes, alignment), overhead))
                .build();
    }

    @Test
    void theOverheadOfARegionIsReserved() {
        try (SlabCache cache = costly(1_000)) {
            cache.freeAddress(cache.allocateAddress());
            assertEquals(SLAB_BYTES + 1_000, cache.stats().reservedBytes());
            cache.shrink();
            cache.shrink();
            assertEquals(0, cache.stats().reservedBytes());
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, Long.MIN_VALUE, (1L << 40) + 1, Long.MAX_VALUE})
    void aRegionOfImpossibleOverheadIsRefused(long overhead) {
        try (SlabCache cache = costly(overhead)) {
            IllegalStateException refused = assertThrows(IllegalStateException.class, cache::allocateAddress);
            assertTrue(
                    refused.getMessage().contains(overhead + " bytes of overhead, expected 0 to 2^40"),
                    refused::getMessage);
            assertEquals(0, cache.stats().reservedBytes());
        }
    }
}

package io.slabcache.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slabcache.internal.util.Threads;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The regions of the default source are aligned, zeroed and independent, and any thread may close them. */
class MemorySourceTest {
    private final MemorySource source = MemorySource.arena();

    @ParameterizedTest
    @ValueSource(longs = {1, 8, 64, 4096, 1 << 20})
    void anArenaRegionIsAlignedAndLargeEnough(long alignment) {
        try (MemoryRegion region = source.allocate(1000, alignment)) {
            assertEquals(0, region.segment().address() % alignment);
            assertEquals(1000, region.segment().byteSize());
            assertTrue(region.segment().isNative());
            assertFalse(region.segment().isReadOnly());
        }
    }

    @Test
    void anArenaRegionIsZeroedAndWritableToTheLastByte() {
        try (MemoryRegion region = source.allocate(64, 64)) {
            for (long i = 0; i < 64; i++) {
                assertEquals(0, region.segment().get(ValueLayout.JAVA_BYTE, i));
            }
            region.segment().set(ValueLayout.JAVA_BYTE, 63, (byte) 7);
            assertEquals(7, region.segment().get(ValueLayout.JAVA_BYTE, 63));
        }
    }

    @Test
    void closingAnArenaRegionEndsEveryViewOfIt() {
        MemoryRegion region = source.allocate(64, 64);
        MemorySegment view = region.segment().asSlice(8, 8);
        region.close();
        assertFalse(region.segment().scope().isAlive());
        assertFalse(view.scope().isAlive());
        assertThrows(IllegalStateException.class, () -> view.get(ValueLayout.JAVA_BYTE, 0));
    }

    @Test
    void closingOneArenaRegionLeavesTheOthersAlive() {
        MemoryRegion first = source.allocate(64, 64);
        try (MemoryRegion second = source.allocate(64, 64)) {
            assertNotEquals(first.segment().address(), second.segment().address());
            first.close();
            assertTrue(second.segment().scope().isAlive());
        }
    }

    @Test
    void anArenaRegionIsUsedAndClosedByAnyThread() throws Exception {
        MemoryRegion region = source.allocate(64, 64);
        Threads.onAnother(() -> {
            region.segment().set(ValueLayout.JAVA_BYTE, 0, (byte) 1);
            region.close();
            return null;
        });
        assertFalse(region.segment().scope().isAlive());
    }

    @Test
    void anArenaSourceThrowsWhatTheAllocationThrows() {
        assertThrows(IllegalArgumentException.class, () -> source.allocate(64, 3));
        assertThrows(OutOfMemoryError.class, () -> source.allocate(Long.MAX_VALUE / 2, 64));
    }

    @Test
    void aRegionOfAnArenaClosesThatArena() {
        Arena arena = Arena.ofShared();
        MemorySegment segment = arena.allocate(16);
        MemoryRegion region = MemoryRegion.of(arena, segment);
        assertSame(segment, region.segment());
        region.close();
        assertFalse(arena.scope().isAlive());
    }

    @Test
    void aRegionNeedsAnArenaAndASegment() {
        assertThrows(NullPointerException.class, () -> MemoryRegion.of(null, MemorySegment.NULL));
        assertThrows(NullPointerException.class, () -> MemoryRegion.of(Arena.global(), null));
    }
}

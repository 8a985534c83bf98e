package io.slabcache.tests.sizes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slabcache.SlabAllocator;
import io.slabcache.diagnostics.InvalidFreeException;
import io.slabcache.diagnostics.MisusePolicy;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Memory of an open arena belongs to the arena: no call of the allocator resizes, moves or frees it. */
class ArenaMemoryMisuseTest {
    private static final int LARGE = 1 << 20;

    private final SlabAllocator slabs = SlabAllocator.builder("slabs").build();

    private void close() {
        assertEquals(0, slabs.stats().liveObjects());
        slabs.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {64, 4_000, 20_000, LARGE})
    void aReallocationIsRefused(int size) {
        try (Arena arena = slabs.arena()) {
            MemorySegment mine = arena.allocate(size);
            mine.fill((byte) 7);
            for (int other : new int[] {size - 1, size, 2 * size}) {
                assertThrows(InvalidFreeException.class, () -> slabs.reallocate(mine, other));
                assertThrows(InvalidFreeException.class, () -> slabs.reallocateAddress(mine.address(), other));
            }
            assertThrows(InvalidFreeException.class, () -> slabs.freeAddress(mine.address()));
            long another = slabs.allocateAddress(size);
            slabs.segment(another, size).fill((byte) 99);
            assertEquals(7, mine.get(ValueLayout.JAVA_BYTE, 0), "two owners");
            slabs.freeAddress(another);
        }
        close();
    }

    @ParameterizedTest
    @ValueSource(ints = {64, LARGE})
    void aBulkFreeWithItFreesNothing(int size) {
        try (Arena arena = slabs.sharedArena()) {
            long first = slabs.allocateAddress(100);
            long second = slabs.allocateAddress(1_000);
            long live = slabs.stats().liveObjects();
            long[] all = {first, second, arena.allocate(size).address()};
            long withArena = slabs.stats().liveObjects();
            assertThrows(InvalidFreeException.class, () -> slabs.freeBulk(all, 0, all.length));
            assertEquals(withArena, slabs.stats().liveObjects());
            assertTrue(withArena > live);
            slabs.freeAddress(first);
            slabs.freeAddress(second);
        }
        close();
    }

    @Test
    void aPartOfALargeObjectIsNotReallocatedWhateverThePolicy() {
        try (SlabAllocator lenient = SlabAllocator.builder("lenient")
                .onMisuse(MisusePolicy.WARN_ONCE)
                .build()) {
            MemorySegment large = lenient.allocate(LARGE);
            assertThrows(InvalidFreeException.class, () -> lenient.reallocate(large.asSlice(0, 100_000), 200_000));
            assertThrows(InvalidFreeException.class, () -> lenient.reallocate(large.asReadOnly(), 200_000));
            try (Arena arena = lenient.arena()) {
                MemorySegment theirs = arena.allocate(LARGE);
                assertThrows(InvalidFreeException.class, () -> lenient.reallocate(theirs, 500));
                assertThrows(InvalidFreeException.class, () -> lenient.reallocateAddress(theirs.address(), 500));
            }
            assertEquals(1, lenient.stats().liveObjects());
            lenient.free(large);
        }
    }

    @Test
    void aSecondCloseEndsWhileAnArenaIsOpen() {
        Arena arena = slabs.arena();
        MemorySegment mine = arena.allocate(64);
        assertThrows(IllegalStateException.class, slabs::closeNow);
        for (int i = 0; i < 3; i++) {
            assertTimeoutPreemptively(
                    Duration.ofSeconds(20), () -> assertThrows(IllegalStateException.class, slabs::closeNow));
        }
        mine.set(ValueLayout.JAVA_BYTE, 0, (byte) 1);
        arena.close();
        assertFalse(arena.scope().isAlive());
        slabs.closeNow();
    }
}

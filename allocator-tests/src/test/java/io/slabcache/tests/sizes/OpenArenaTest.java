package io.slabcache.tests.sizes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slabcache.SlabAllocator;
import io.slabcache.diagnostics.LiveObjectsException;
import io.slabcache.tests.support.OtherThread;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** A close of the allocator while arenas of it are open. */
@ParameterizedClass(name = "{0}")
@EnumSource(Kind.class)
class OpenArenaTest {
    @Parameter
    Kind kind;

    @Test
    void aCloseOfTheAllocatorIsRefused() {
        try (SlabAllocator allocator = kind.builder("arenas").build();
                Arena arena = allocator.arena()) {
            arena.allocate(64);
            assertThrows(LiveObjectsException.class, allocator::close);
            arena.allocate(100_000);
            assertTrue(
                    assertThrows(LiveObjectsException.class, allocator::close).liveObjects() >= 2);
        }
    }

    /** The memory of the segments stays until the arena is closed, so that no access can reach unmapped memory. */
    @Test
    void segmentsOutliveAForcedClose() {
        SlabAllocator forced = kind.builder("forced").build();
        Arena arena = forced.arena();
        List<MemorySegment> objects = new ArrayList<>();
        for (long size : new long[] {64, 5_000, 100_000}) {
            objects.add(arena.allocate(size));
        }
        assertThrows(IllegalStateException.class, forced::closeNow);
        objects.forEach(object -> object.fill((byte) 1));
        assertThrows(IllegalStateException.class, () -> forced.allocate(1));
        arena.close();
        assertFalse(arena.scope().isAlive());
        assertThrows(IllegalStateException.class, () -> objects.getFirst().get(ValueLayout.JAVA_BYTE, 0));
        assertThrows(IllegalStateException.class, arena::close);
        forced.closeNow();
        assertEquals(0, forced.stats().reservedBytes());
    }

    /** An exception of the close would hide what the body of a {@code try} returns or throws. */
    @Test
    void anArenaOfAnySizeClosesAfterAForcedClose() {
        for (long size : new long[] {64, 5_000, 100_000}) {
            for (boolean isShared : new boolean[] {false, true}) {
                SlabAllocator forced = kind.builder("forced").build();
                Arena arena = isShared ? forced.sharedArena() : forced.arena();
                arena.allocate(size).fill((byte) 1);
                try {
                    forced.closeNow();
                } catch (IllegalStateException e) {
                    assertTrue(e.getMessage().contains("close again"), e.getMessage());
                }
                if (isShared) {
                    // A thread that has no part of any class.
                    OtherThread.run(arena::close);
                } else {
                    arena.close();
                }
                forced.close();
                assertEquals(0, forced.stats().reservedBytes(), "size " + size + ", shared " + isShared);
            }
        }
    }
}

package io.slabcache.tests.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slabcache.GenerationHandles;
import io.slabcache.LocalCache;
import io.slabcache.SlabCache;
import io.slabcache.diagnostics.InvalidFreeException;
import io.slabcache.diagnostics.StaleHandleException;
import io.slabcache.memory.MemoryRegion;
import io.slabcache.memory.MemorySource;
import io.slabcache.tests.support.Healthy;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Memory that went back to its source comes again at the same addresses, to the same cache or another one. Stale
 * references to the old objects are refused, and the objects that are there now stay intact.
 */
class ReusedAddressFaultTest {
    private static final long SIZE = 64;
    private static final int OBJECTS = 16;
    private static final long CONTENTS = 0x1122_3344_5566_7788L;

    /** Lends the same memory again and again. Each loan has a lifetime of its own, like a mapping at a fixed address. */
    private static final class SamePlace implements MemorySource {
        private final Arena arena = Arena.ofShared();
        private final MemorySegment memory = arena.allocate(SIZE * OBJECTS, SIZE);

        @Override
        @SuppressWarnings("restricted")
        public MemoryRegion allocate(long bytes, long alignment) {
            Arena life = Arena.ofShared();
            return MemoryRegion.of(life, memory.reinterpret(life, null));
        }
    }

    private final SamePlace place = new SamePlace();

    /** The cache that had the old objects, and the one that has the new objects. */
    private SlabCache old;

    private SlabCache now;

    private SlabCache open(String name, boolean lockless) {
        return SlabCache.builder(name, SIZE)
                .slabBytes(SIZE * OBJECTS)
                .maxObjects(OBJECTS)
                .lockless(lockless)
                .memory(place)
                .build();
    }

    @AfterEach
    void everythingGoesBack() {
        Healthy.checkNothingLive(now);
        now.close();
        old.close();
        place.arena.close();
    }

    /** Allocates the object at the given address from the cache in use. */
    private MemorySegment allocateAt(long address) {
        MemorySegment found = null;
        MemorySegment[] others = new MemorySegment[OBJECTS];
        for (int i = 0; i < OBJECTS; i++) {
            MemorySegment object = now.allocate();
            if (object.address() == address) {
                found = object;
            } else {
                others[i] = object;
            }
        }
        for (MemorySegment other : others) {
            if (other != null) {
                now.free(other);
            }
        }
        found.set(ValueLayout.JAVA_LONG, 0, CONTENTS);
        return found;
    }

    /** Gives the memory of the old objects back, to the same cache or to another one that asks for it next. */
    private void giveBack(boolean toAnother) {
        if (toAnother) {
            old.close();
            now = open("now", true);
        } else {
            old.flush();
            assertEquals(SIZE * OBJECTS, old.shrink());
            now = old;
        }
    }

    @ParameterizedTest(name = "to another cache {0}")
    @ValueSource(booleans = {false, true})
    void fault34_segmentsAndViewsOfTheOldObjectAreRefused(boolean toAnother) {
        old = open("old", true);
        MemorySegment before = old.allocate();
        ByteBuffer view = before.asByteBuffer();
        MemorySegment slice = before.asSlice(0);
        old.free(before);
        giveBack(toAnother);
        MemorySegment after = allocateAt(before.address());
        assertThrows(IllegalStateException.class, () -> before.get(ValueLayout.JAVA_BYTE, 0));
        assertThrows(IllegalStateException.class, () -> view.get(0));
        assertRefused(() -> now.free(before));
        assertRefused(() -> now.free(slice));
        assertRefused(() -> now.freeBuffer(view));
        assertRefused(() -> now.local().free(before));
        assertRefused(() -> now.freeBulk(new MemorySegment[] {after, before}, 0, 2));
        assertEquals(CONTENTS, after.get(ValueLayout.JAVA_LONG, 0));
        now.free(after);
    }

    @ParameterizedTest(name = "to another cache {0}")
    @ValueSource(booleans = {false, true})
    void fault34_generationHandlesOfTheOldObjectAreRefused(boolean toAnother) {
        old = open("old", true);
        GenerationHandles oldHandles = old.generations();
        long before = oldHandles.allocate();
        long address = oldHandles.segment(before).address();
        oldHandles.free(before);
        giveBack(toAnother);
        GenerationHandles handles = now.generations();
        long[] after = new long[OBJECTS];
        for (int i = 0; i < OBJECTS; i++) {
            after[i] = handles.allocate();
        }
        assertFalse(handles.isLive(before));
        assertThrows(StaleHandleException.class, () -> handles.segment(before));
        assertRefused(() -> handles.free(before));
        for (long handle : after) {
            assertTrue(handles.isLive(handle));
            handles.free(handle);
        }
        assertTrue(now.owns(address));
    }

    @Test
    void fault34_theClosedCacheRefusesTheObjectsThatLieThereNow() {
        old = open("old", true);
        LocalCache oldLocal = old.local();
        GenerationHandles oldHandles = old.generations();
        MemorySegment before = old.allocate();
        long address = before.address();
        old.free(before);
        giveBack(true);
        MemorySegment after = allocateAt(address);
        assertFalse(old.owns(address));
        assertThrows(IllegalStateException.class, () -> old.free(after));
        assertThrows(IllegalStateException.class, () -> old.freeAddress(address));
        assertThrows(IllegalStateException.class, () -> oldLocal.freeAddress(address));
        assertThrows(IllegalStateException.class, () -> old.segment(address));
        assertThrows(IllegalStateException.class, () -> oldHandles.allocate());
        assertEquals(1, now.stats().liveObjects());
        assertEquals(CONTENTS, after.get(ValueLayout.JAVA_LONG, 0));
        now.free(after);
    }

    /** Known bad: an address has no lifetime, so it does not tell the old object from the new one. */
    @Test
    void anAddressOfTheOldObjectIsThatOfTheNewOne() {
        old = open("old", false);
        long before = old.allocateAddress();
        old.freeAddress(before);
        giveBack(true);
        MemorySegment after = allocateAt(before);
        now.freeAddress(before);
        assertThrows(InvalidFreeException.class, () -> now.free(after));
    }

    private void assertRefused(Runnable free) {
        long frees = now.stats().frees();
        long live = now.stats().liveObjects();
        assertThrows(InvalidFreeException.class, free::run);
        assertEquals(frees, now.stats().frees());
        assertEquals(live, now.stats().liveObjects());
    }
}

package io.slabcache.tests.handles;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slabcache.GenerationHandles;
import io.slabcache.SlabCache;
import io.slabcache.memory.MemoryRegion;
import io.slabcache.memory.MemorySource;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A stale handle is refused until its object was handed out 524,288 times, even if its slab was given back many times
 * and other slabs took its place.
 */
@Timeout(120)
class GenerationWrapTest {
    private static final int WRAP = 1 << 19;

    /** More than the 987 slabs after which a former version accepted a stale handle. */
    private static final int SLABS = 2_000;

    /** Makes the handles of the first slab wrap while the last one is in use. */
    private static final int HAND_OUTS_PER_SLAB = WRAP / SLABS + 1;

    /** A place for one object, where slabs come and go. */
    private interface Place extends AutoCloseable {
        long allocate();

        void free(long handle);

        boolean isLive(long handle);

        /** Gives the memory back, and puts another slab in its place. */
        void nextSlab();

        @Override
        default void close() {}
    }

    private record CachePlace(Arena arena, SlabCache cache, GenerationHandles handles) implements Place {
        static CachePlace create() {
            Arena arena = Arena.ofShared();
            SameMemory memory = new SameMemory(arena.allocate(64, 64));
            SlabCache cache = SlabCache.builder("reborn", 64)
                    .slabBytes(64)
                    .maxObjects(1)
                    .memory(memory)
                    .build();
            return new CachePlace(arena, cache, cache.generations());
        }

        @Override
        public long allocate() {
            return handles.allocate();
        }

        @Override
        public void free(long handle) {
            handles.free(handle);
        }

        @Override
        public boolean isLive(long handle) {
            return handles.isLive(handle);
        }

        @Override
        public void nextSlab() {
            cache.flush();
            assertEquals(64, cache.shrink());
        }

        @Override
        public void close() {
            // The stale handle that was accepted is live.
            cache.closeNow();
            arena.close();
        }
    }

    private record SameMemory(MemorySegment segment) implements MemorySource, MemoryRegion {
        @Override
        public MemoryRegion allocate(long bytes, long alignment) {
            return this;
        }

        @Override
        public void close() {}
    }

    /** Slabs whose counts start where a function of their number says. */
    private static final class ModelPlace implements Place {
        private final IntUnaryOperator start;
        private int slabs;
        private int count;
        private boolean live;

        ModelPlace(IntUnaryOperator start) {
            this.start = start;
        }

        @Override
        public long allocate() {
            live = true;
            return ++count % WRAP;
        }

        @Override
        public void free(long handle) {
            live = false;
        }

        @Override
        public boolean isLive(long handle) {
            return live && handle == count % WRAP;
        }

        @Override
        public void nextSlab() {
            count = start.applyAsInt(++slabs);
        }
    }

    /** Tries many stale handles after each hand-out; returns the number of hand-outs until one is accepted. */
    private static int handOutsUntilAStaleHandleIsAccepted(Place place) {
        List<Long> stale = new ArrayList<>();
        int handOuts = 0;
        for (int slab = 0; ; slab++) {
            for (int i = 0; i < HAND_OUTS_PER_SLAB; i++) {
                long handle = place.allocate();
                handOuts++;
                for (long other : stale) {
                    if (place.isLive(other)) {
                        return handOuts - 1;
                    }
                }
                place.free(handle);
                assertFalse(place.isLive(handle));
                if (i == 0 && stale.size() < 4) {
                    stale.add(handle);
                }
            }
            assertTrue(slab < 2 * SLABS, "no wrap");
            place.nextSlab();
        }
    }

    @Test
    void handlesOfSlabsThatAreGoneWrapWhenThoseOfOneSlabDo() throws Exception {
        try (Place place = CachePlace.create()) {
            assertEquals(WRAP, handOutsUntilAStaleHandleIsAccepted(place));
        }
    }

    /** Known bad, a former version: each slab started from a hash of its number. */
    @Test
    void startsThatDoNotGoOnAreFound() {
        Place hashed = new ModelPlace(slab -> slab * 0x9e3779b9 >>> (Integer.SIZE - 19));
        assertThrows(AssertionError.class, () -> assertEquals(WRAP, handOutsUntilAStaleHandleIsAccepted(hashed)));
    }
}

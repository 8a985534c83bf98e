package io.slabcache.internal.slab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slabcache.internal.util.CountedLock;
import io.slabcache.internal.util.HeapUse;
import io.slabcache.memory.MemoryRegion;
import java.lang.foreign.MemorySegment;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/**
 * The cost of adding a slab or giving one back does not depend on the number of slabs. The test counts heap bytes,
 * which show every copy, and the number of times that regions are asked for their memory, which shows every scan of all
 * regions.
 */
class SlabCostTest {
    private static final int OBJECTS = 4;
    private static final int SLABS = 8_000;
    private static final int SAMPLE = 1_000;

    /** A slab of that size takes most of this; the rest is a generous margin. */
    private static final int MOST_BYTES = 2_000;

    private final SlabGeometry geometry = new SlabGeometry(64, 64, 256, Long.MAX_VALUE);
    private final SlabList list = new SlabList(new SlabIndex(geometry.granuleShift()), new CountedLock());
    private long asked;

    /** Adds slabs in random order. */
    private void add(List<Long> places) {
        for (long place : places) {
            MemorySegment memory = MemorySegment.ofAddress(0x1000_0000 + place * 512);
            list.add(Slabs.of(
                    new MemoryRegion() {
                        @Override
                        public MemorySegment segment() {
                            asked++;
                            return memory;
                        }

                        @Override
                        public void close() {}
                    },
                    geometry,
                    OBJECTS));
        }
    }

    private static List<Long> places() {
        List<Long> places = LongStream.range(0, SLABS).boxed().collect(Collectors.toList());
        Collections.shuffle(places, new Random(1));
        return places;
    }

    @Test
    void theNextSlabCostsTheSameHoweverManyThereAre() throws ReflectiveOperationException {
        List<Long> places = places();
        add(places.subList(0, SAMPLE));
        long askedFirst = asked;
        add(places.subList(SAMPLE, SLABS / 2));
        asked = 0;
        // Doubles the number of slabs, so the table of the index is rebuilt at least once.
        long heap = HeapUse.of(() -> add(places.subList(SLABS / 2, SLABS)));
        assertEquals(SLABS, list.counts().slabs());
        assertTrue(heap / (SLABS / 2) < MOST_BYTES, heap / (SLABS / 2) + " bytes of heap for one more");
        assertEquals(askedFirst / SAMPLE, asked / (SLABS / 2), "regions looked at for one more");
    }

    @Test
    void aSlabGoesForTheSameHoweverManyThereAre() throws ReflectiveOperationException {
        add(places());
        asked = 0;
        long heap = HeapUse.of(() -> {
            while (!list.removeEmpty(1, Long.MAX_VALUE).isEmpty()) {}
        });
        assertEquals(0, list.counts().slabs());
        assertTrue(heap / SLABS < MOST_BYTES, heap / SLABS + " bytes of heap for each that was taken out");
        assertTrue(asked <= 2 * SLABS, asked + " regions looked at");
    }
}

package io.slabcache.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slabcache.memory.FileExtents.Extent;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FileExtentsTest {
    private final FileExtents extents = new FileExtents();

    private Extent take(long bytes) {
        Extent extent = new Extent();
        extents.take(extent, bytes);
        return extent;
    }

    @Test
    void theFileEndsWithTheLastExtentInUse() {
        Extent first = take(10);
        Extent second = take(20);
        Extent third = take(5);
        assertEquals(35, extents.end());
        extents.free(second);
        assertEquals(35, extents.end());
        extents.free(third);
        assertEquals(10, extents.end());
        extents.free(first);
        assertEquals(0, extents.end());
    }

    @Test
    void aFreePartIsUsedAgain() {
        take(10);
        Extent second = take(20);
        take(5);
        extents.free(second);
        assertEquals(10, take(15).offset());
        assertEquals(35, take(6).offset());
        assertEquals(25, take(5).offset());
    }

    @Test
    void freeNeighboursBecomeOnePart() {
        List<Extent> all = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            all.add(take(10));
        }
        extents.free(all.get(0));
        extents.free(all.get(2));
        extents.free(all.get(1));
        assertEquals(0, take(30).offset());
    }

    /** Compares with a set of all bytes. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void noTwoExtentsOverlap(long seed) {
        Random random = new Random(seed);
        BitSet used = new BitSet();
        List<Extent> live = new ArrayList<>();
        for (int i = 0; i < 20_000; i++) {
            if (live.isEmpty() || random.nextInt(100) < (i / 1000 % 2 == 0 ? 60 : 40)) {
                int bytes = 1 + random.nextInt(50);
                Extent extent = take(bytes);
                int offset = (int) extent.offset();
                assertEquals(bytes, extent.bytes());
                assertEquals(0, used.get(offset, offset + bytes).cardinality());
                assertTrue(offset <= used.length(), "a gap at the end");
                used.set(offset, offset + bytes);
                live.add(extent);
            } else {
                Extent extent = live.remove(random.nextInt(live.size()));
                used.clear((int) extent.offset(), (int) (extent.offset() + extent.bytes()));
                extents.free(extent);
            }
            assertEquals(used.length(), extents.end());
        }
        live.forEach(extents::free);
        assertEquals(0, extents.end());
        assertEquals(0, take(1).offset());
    }
}

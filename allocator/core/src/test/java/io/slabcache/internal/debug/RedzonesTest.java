package io.slabcache.internal.debug;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slabcache.internal.slab.Slab;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A write to any byte of the two redzones of an object is found, by a write to every offset. The test must catch a
 * check that starts at the aligned size, and one of a single side.
 */
class RedzonesTest {
    /** Checks both redzones of an object; returns the address of the first bad byte, or 0. */
    private interface Check {
        long firstBad(Slab slab, int index);
    }

    private static Planted planted(long size, long alignment) {
        Planted planted = new Planted(Planted.REDZONES, size, alignment, 3);
        planted.take();
        return planted;
    }

    private static Check real(Planted planted) {
        Redzones redzones = new Redzones(new Zones(planted.geometry));
        return (slab, index) -> {
            long before = redzones.firstBad(slab, index);
            return before != 0 ? before : redzones.firstBad(slab, index + 1);
        };
    }

    /** Returns the offsets around an object at which a write is not found, or is reported at the wrong place. */
    private static List<Long> missed(Planted planted, int index, Check check) {
        Slab slab = planted.slab();
        long start = slab.address(index);
        long size = planted.geometry.objectSize();
        long before = index == 0 ? planted.geometry.leadingGap() : planted.geometry.stride() - size;
        return LongStream.range(-before, planted.geometry.stride())
                .filter(offset -> offset < 0 || offset >= size)
                .filter(offset -> {
                    Planted.write(slab, start + offset, 0x41);
                    long found = check.firstBad(slab, index);
                    Planted.write(slab, start + offset, Redzones.VALUE);
                    return found != start + offset;
                })
                .boxed()
                .toList();
    }

    @ParameterizedTest
    @CsvSource({"18,8", "18,32", "1,1", "16,8", "100,64", "4096,4096", "24,8"})
    void aWriteToAnyByteOfBothZonesIsFound(long size, long alignment) {
        Planted planted = planted(size, alignment);
        for (int index = 0; index < 3; index++) {
            assertEquals(List.of(), missed(planted, index, real(planted)));
        }
    }

    @ParameterizedTest
    @CsvSource({"18,8,40,16", "18,32,64,32", "1,1,17,16", "16,16,32,16", "4096,4096,8192,4096"})
    void thereAreAtLeastSixteenBytesBetweenObjects(long size, long alignment, long stride, long leading) {
        Planted planted = planted(size, alignment);
        assertEquals(stride, planted.geometry.stride());
        assertEquals(leading, planted.geometry.leadingGap());
        for (int index = 0; index < 3; index++) {
            assertEquals(0, planted.slab().address(index) % alignment);
        }
        assertEquals(leading + 3 * stride, planted.slab().memory().byteSize());
    }

    @Test
    void theBytesOfTheObjectAreNotChecked() {
        Planted planted = planted(18, 8);
        for (int offset = 0; offset < 18; offset++) {
            Planted.write(planted.slab(), planted.slab().address(1) + offset, 0x41);
        }
        assertEquals(0, real(planted).firstBad(planted.slab(), 1));
    }

    @Test
    void aRepairedZonePassesTheCheck() {
        Planted planted = planted(18, 8);
        Redzones redzones = new Redzones(new Zones(planted.geometry));
        long past = planted.slab().address(0) + 18;
        Planted.write(planted.slab(), past, 0x41);
        redzones.repair(planted.slab(), 1);
        assertEquals(0, redzones.firstBad(planted.slab(), 1));
        assertEquals(Redzones.VALUE, Planted.read(planted.slab(), past));
    }

    @Test
    void aCheckThatStartsAtTheAlignedSizeIsCaught() {
        Planted planted = planted(18, 8);
        Redzones redzones = new Redzones(new Zones(planted.geometry));
        List<Long> missed = missed(planted, 1, (slab, index) -> {
            long bad = real(planted).firstBad(slab, index);
            return bad >= slab.address(index) && bad < slab.address(index) + 24 ? 0 : bad;
        });
        assertEquals(LongStream.range(18, 24).boxed().toList(), missed);
        assertEquals(0, redzones.firstBad(planted.slab(), 1));
    }

    @Test
    void aCheckOfOneSideOnlyIsCaught() {
        Planted planted = planted(18, 8);
        Redzones redzones = new Redzones(new Zones(planted.geometry));
        List<Long> missed = missed(planted, 1, (slab, index) -> redzones.firstBad(slab, index + 1));
        assertFalse(missed.isEmpty());
        assertTrue(missed.stream().allMatch(offset -> offset < 0), missed::toString);
    }
}

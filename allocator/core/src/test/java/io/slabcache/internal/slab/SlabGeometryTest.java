package io.slabcache.internal.slab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The arithmetic of slabs: strides, sizes of slabs and their growth, and the division by the stride through
 * multiplication, which is compared with the real division.
 */
class SlabGeometryTest {
    private static final long UNBOUNDED = Long.MAX_VALUE;

    static LongStream strides() {
        LongStream small = LongStream.of(1, 2, 3, 4, 5, 6, 7, 8, 9, 11, 13, 16, 24, 31, 32, 33, 48, 63, 64, 65, 96);
        LongStream medium = LongStream.of(100, 127, 128, 129, 192, 255, 256, 257, 1000, 1021, 1024, 2048, 4093, 4096);
        LongStream large = LongStream.of(4097, 65_521, 65_536, 99_991, (1 << 20) - 1, 1 << 20, 4_194_301, 1 << 24);
        LongStream huge = LongStream.of((1 << 29) - 3, 1 << 29, (1 << 29) + 1, (1 << 30) - 1, 1 << 30);
        LongStream random = new Random(42).longs(60, 1, 1 << 17);
        return LongStream.of(0)
                .flatMap(i -> LongStream.concat(
                        LongStream.concat(small, medium), LongStream.concat(LongStream.concat(large, huge), random)));
    }

    @ParameterizedTest
    @CsvSource({"1,1,1", "1,8,8", "8,8,8", "9,8,16", "2048,64,2048", "2049,64,2112", "1073741824,1,1073741824"})
    void theStrideIsTheSizeRoundedUpToTheAlignment(long size, long alignment, long expected) {
        assertEquals(expected, SlabGeometry.stride(size, alignment));
        SlabGeometry geometry = new SlabGeometry(size, alignment, 0, 77);
        assertEquals(expected, geometry.stride());
        assertEquals(size, geometry.objectSize());
        assertEquals(alignment, geometry.alignment());
        assertEquals(77, geometry.maxObjects());
    }

    @ParameterizedTest
    @MethodSource("strides")
    void theIndexOfEachOffsetIsTheQuotient(long stride) {
        SlabGeometry geometry = Slabs.geometry(stride);
        for (long offset = 0; offset < 1 << 17; offset++) {
            if (geometry.indexOf(offset) != offset / stride) {
                assertEquals(offset / stride, geometry.indexOf(offset), "offset " + offset);
            }
        }
        // The quotient changes only where an object starts, so the first and last bytes cover the bytes between them.
        long largest = Math.min(SlabGeometry.MAX_BYTES / stride, 1 << 20);
        for (long object = 0; object < largest; object++) {
            long first = object * stride;
            if (geometry.indexOf(first) != object || geometry.indexOf(first + stride - 1) != object) {
                assertEquals(object, geometry.indexOf(first), "first byte");
                assertEquals(object, geometry.indexOf(first + stride - 1), "last byte");
            }
        }
        assertEquals(largest - 1, geometry.indexOf(largest * stride - 1));
    }

    @ParameterizedTest
    @MethodSource("strides")
    void theQuotientTellsWhereObjectsStart(long stride) {
        SlabGeometry geometry = Slabs.geometry(stride);
        Random random = new Random(stride);
        long most = SlabGeometry.MAX_BYTES / stride;
        for (int round = 0; round < 10_000; round++) {
            long object = random.nextLong(most);
            assertEquals(object, quotient(geometry, object * stride));
            long offset = round % 2 == 0 ? random.nextLong() : random.nextLong(SlabGeometry.MAX_BYTES);
            if (Long.remainderUnsigned(offset, stride) == 0) {
                assertEquals(Long.divideUnsigned(offset, stride), quotient(geometry, offset));
            } else {
                assertTrue(Long.compareUnsigned(quotient(geometry, offset), most) >= 0, "offset " + offset);
            }
        }
    }

    private static long quotient(SlabGeometry geometry, long offset) {
        return Division.quotient(offset, geometry.inverse, geometry.twos);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 16, 64, 100, 256, 1000, 4096, 65_537})
    void slabsDoubleTheCacheFromTheSmallestToTheLargest(long size) {
        SlabGeometry geometry = Slabs.geometry(size);
        long largest = SlabGeometry.LARGEST_SLAB_BYTES / size;
        long total = geometry.nextSlabObjects(0);
        while (total < largest) {
            assertEquals(total, geometry.nextSlabObjects(total));
            total *= 2;
        }
        for (int i = 0; i < 5; i++) {
            assertEquals(largest, geometry.nextSlabObjects(total));
            total += largest;
        }
    }

    @ParameterizedTest
    @CsvSource({"1,65536", "16,4096", "64,4096", "256,4096", "257,4080", "2048,512", "1048576,1", "1048577,1"})
    void theFirstSlabHasSomeThousandSmallObjects(long size, int expected) {
        assertEquals(expected, Slabs.geometry(size).nextSlabObjects(0));
    }

    @Test
    void slabsOfAChosenSizeDoNotGrow() {
        SlabGeometry geometry = new SlabGeometry(100, 4, 10_000, UNBOUNDED);
        for (long total = 0; total < 100_000; total += 100) {
            assertEquals(100, geometry.nextSlabObjects(total));
        }
    }

    @ParameterizedTest
    @CsvSource({"34603009,0", "1073741824,0", "5000,4999", "1073741824,1"})
    void aSlabHasAtLeastOneObject(long size, long slabBytes) {
        SlabGeometry geometry = new SlabGeometry(size, 1, slabBytes, UNBOUNDED);
        assertEquals(1, geometry.nextSlabObjects(0));
        assertEquals(1, geometry.nextSlabObjects(1000));
    }

    @Test
    void noSlabIsLargerThanTheLargest() {
        for (long size : new long[] {1, 1023, 1 << 20, 1 << 25}) {
            SlabGeometry geometry = Slabs.geometry(size);
            assertTrue(geometry.nextSlabObjects(1L << 40) * size <= SlabGeometry.LARGEST_SLAB_BYTES);
            SlabGeometry chosen = new SlabGeometry(size, 1, SlabGeometry.MAX_BYTES, UNBOUNDED);
            assertEquals(SlabGeometry.MAX_BYTES / size, chosen.nextSlabObjects(0));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 16, 64, 100, 256, 1000, 4096, 65_537})
    void aSlabMadeInAHurryHasAtMostTwoMebibytes(long size) {
        SlabGeometry geometry = Slabs.geometry(size);
        long largest = SlabGeometry.LARGEST_HURRIED_SLAB_BYTES / size;
        assertEquals(2 << 20, SlabGeometry.LARGEST_HURRIED_SLAB_BYTES);
        assertEquals(geometry.nextSlabObjects(0), geometry.nextHurriedSlabObjects(0));
        assertEquals(largest, geometry.nextHurriedSlabObjects(largest));
        assertEquals(largest, geometry.nextHurriedSlabObjects(1L << 40));
        assertEquals(1, Slabs.geometry(5 << 20).nextHurriedSlabObjects(0), "a larger object has a slab of its own");
        assertEquals(
                100,
                new SlabGeometry(size, 1, 100 * size, UNBOUNDED).nextHurriedSlabObjects(1 << 20),
                "the user's choice holds");
    }

    @Test
    void aKeeperLeavesHalfOfTheRestOfTheBoundIfThatIsMuch() {
        SlabGeometry geometry = new SlabGeometry(1 << 10, 1, 0, 100 << 10);
        assertEquals(33 << 10, geometry.nextKeptSlabObjects(33 << 10));
        assertEquals(17 << 10, geometry.nextKeptSlabObjects(66 << 10));
        assertEquals(3 << 10, geometry.nextKeptSlabObjects(94 << 10));
        assertEquals(2 << 10, geometry.nextKeptSlabObjects(97 << 10));
        assertEquals(1 << 10, geometry.nextKeptSlabObjects(99 << 10));
        assertEquals(0, geometry.nextKeptSlabObjects(100 << 10));
    }

    /** The C library returns slabs of 33 MiB, and what it keeps of smaller ones grows with the largest of these. */
    @Test
    void aKeeperMakesNoSlabsOfSizesInBetween() {
        SlabGeometry geometry = Slabs.geometry(1 << 10);
        assertEquals(1 << 10, geometry.nextKeptSlabObjects(0));
        assertEquals(2 << 10, geometry.nextKeptSlabObjects(8 << 10));
        assertEquals(2 << 10, geometry.nextKeptSlabObjects((24 << 10) - 1));
        assertEquals(33 << 10, geometry.nextKeptSlabObjects(24 << 10));
    }

    @Test
    void aWholeGeometryHasOneSlabForAllObjectsUpToAGibibyte() {
        SlabGeometry whole = new SlabGeometry(100, 4, 0, 1_000_003).whole();
        assertTrue(whole.isWhole());
        assertEquals(1_000_003, whole.nextSlabObjects(0));
        assertEquals(1_000_003, whole.nextHurriedSlabObjects(0));
        assertEquals(0, whole.nextSlabObjects(1_000_003));
        assertTrue(new SlabGeometry(1024, 1, 0, 1 << 20).whole().isWhole());
        assertFalse(new SlabGeometry(1024, 1, 0, (1 << 20) + 1).whole().isWhole());
        assertFalse(new SlabGeometry(1024, 1, 0, 1 << 20, 8, false).whole().isWhole(), "gaps count");
        assertFalse(Slabs.geometry(8).whole().isWhole());
    }

    @Test
    void theSlabsTogetherReachTheBoundExactly() {
        for (long bound : new long[] {1, 2, 63, 64, 1023, 1024, 1025, 99_999, 1_000_000}) {
            SlabGeometry geometry = new SlabGeometry(64, 64, 0, bound);
            long total = 0;
            for (int objects; (objects = geometry.nextSlabObjects(total)) > 0; ) {
                total += objects;
            }
            assertEquals(bound, total);
            assertEquals(0, geometry.nextSlabObjects(bound));
        }
    }

    @ParameterizedTest
    @MethodSource("strides")
    void aGranuleIsAQuarterOfTheSmallestSlab(long stride) {
        SlabGeometry geometry = Slabs.geometry(stride);
        long smallest = Math.max(geometry.nextSlabObjects(0) * stride, 256);
        long granule = 1L << geometry.granuleShift();
        assertTrue(granule * 4 <= smallest && granule * 8 > smallest, granule + " of " + smallest);
    }

    @Test
    void aGranuleOfTinySlabsIsACacheLine() {
        assertEquals(6, new SlabGeometry(1, 1, 1, UNBOUNDED).granuleShift());
        assertEquals(16, new SlabGeometry(64, 64, 0, UNBOUNDED).granuleShift());
    }

    @ParameterizedTest
    @CsvSource({"1,64", "64,64", "128,128", "1048576,1048576"})
    void aRegionStartsAtACacheLine(long alignment, long expected) {
        assertEquals(expected, new SlabGeometry(100, alignment, 0, UNBOUNDED).regionAlignment());
    }

    /** Its own bounds replace those of other caches; the slabs after it double the cache as there. */
    @ParameterizedTest
    @CsvSource({
        "16, LARGE, 16384",
        "64, LARGE, 16384",
        "4096, LARGE, 256",
        "65536, LARGE, 16",
        "16, SMALL, 1024",
        "256, SMALL, 64",
        "4096, SMALL, 32",
        "65536, SMALL, 2"
    })
    void theFirstSlabOfASizeClass(long size, FirstSlab first, int objects) {
        SlabGeometry geometry = new SlabGeometry(size, size, 0, Long.MAX_VALUE).startingWith(first);
        assertEquals(objects, geometry.nextSlabObjects(0));
        assertEquals(objects, geometry.nextSlabObjects(objects));
        assertEquals(2 * objects, geometry.nextSlabObjects(2 * objects));
        assertEquals(objects, geometry.withoutKeeper().nextSlabObjects(0));
    }
}

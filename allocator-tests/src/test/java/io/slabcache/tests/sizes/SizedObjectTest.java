package io.slabcache.tests.sizes;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slabcache.SlabAllocator;
import io.slabcache.tests.support.OtherThread;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What every object of an allocator has, and the contract of {@code SegmentAllocator}. */
@ParameterizedClass(name = "{0}")
@EnumSource(Kind.class)
class SizedObjectTest {
    /** Around the borders of classes, and beyond them. */
    private static final long[] SIZES = {
        0, 1, 7, 8, 15, 16, 17, 24, 25, 32, 33, 63, 64, 65, 80, 81, 127, 128, 129, 255, 256, 257, 1_000, 1_023, 1_024,
        4_095, 4_096, 4_097, 5_000, 57_344, 57_345, 65_535, 65_536, 65_537, 100_000, 1_000_000
    };

    @Parameter
    Kind kind;

    private SlabAllocator allocator;

    @BeforeEach
    void open() {
        allocator = kind.builder("sized").build();
    }

    @AfterEach
    void close() {
        allocator.closeNow();
    }

    @Test
    void aSegmentHasExactlyTheSize() {
        for (long size : SIZES) {
            MemorySegment object = allocator.allocate(size);
            assertEquals(size, object.byteSize());
            assertEquals(0, object.address() % 8, "alignment");
            assertTrue(object.isNative());
            assertFalse(object.isReadOnly());
            object.fill((byte) 7);
            allocator.free(object);
        }
        assertEquals(0, allocator.stats().liveObjects());
    }

    @Test
    void anAddressHasRoomForTheSize() {
        for (long size : SIZES) {
            if (size > 0) {
                long address = allocator.allocateAddress(size);
                assertTrue(allocator.sizeOf(address) >= size, "size " + size);
                assertTrue(allocator.owns(address));
                assertFalse(allocator.owns(address + 8));
                allocator.segment(address, size).fill((byte) 7);
                allocator.freeAddress(address);
            }
        }
        assertEquals(0, allocator.stats().liveObjects());
    }

    @Test
    void alignmentsAreKept() {
        for (long alignment = 1; alignment <= 1 << 20; alignment *= 2) {
            for (long size : new long[] {0, 1, 100, 4_000, 70_000}) {
                MemorySegment object = allocator.allocate(size, alignment);
                assertEquals(0, object.address() & alignment - 1, size + " bytes aligned to " + alignment);
                assertEquals(size, object.byteSize());
                allocator.free(object);
                long address = allocator.allocateAddress(Math.max(size, 1), alignment);
                assertEquals(0, address & alignment - 1, size + " bytes aligned to " + alignment);
                allocator.freeAddress(address);
            }
        }
        assertEquals(0, allocator.stats().liveObjects());
    }

    @Test
    void emptySegmentsHaveAddressesOfTheirOwn() {
        Set<Long> addresses = new TreeSet<>();
        List<MemorySegment> empty = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            empty.add(allocator.allocate(0));
            addresses.add(empty.getLast().address());
        }
        assertEquals(20, addresses.size());
        empty.forEach(allocator::free);
        assertEquals(0, allocator.stats().liveObjects());
    }

    @Test
    void liveObjectsDoNotOverlap() {
        List<MemorySegment> objects = new ArrayList<>();
        for (int round = 0; round < 5; round++) {
            for (long size : SIZES) {
                MemorySegment object = allocator.allocate(size);
                object.fill((byte) objects.size());
                objects.add(object);
            }
        }
        for (int i = 0; i < objects.size(); i++) {
            byte[] expected = new byte[(int) objects.get(i).byteSize()];
            java.util.Arrays.fill(expected, (byte) i);
            assertArrayEquals(expected, objects.get(i).toArray(ValueLayout.JAVA_BYTE));
        }
        objects.forEach(allocator::free);
    }

    @Test
    void defaultMethodsOfTheInterfaceWork() {
        MemorySegment text = allocator.allocateFrom("grüße");
        assertEquals("grüße", text.getString(0));
        MemorySegment ints = allocator.allocateFrom(ValueLayout.JAVA_INT, 1, 2, 3);
        assertArrayEquals(new int[] {1, 2, 3}, ints.toArray(ValueLayout.JAVA_INT));
        MemorySegment one = allocator.allocateFrom(ValueLayout.JAVA_LONG, 42);
        assertEquals(42, one.get(ValueLayout.JAVA_LONG, 0));
        MemorySegment utf16 = allocator.allocateFrom("ab", StandardCharsets.UTF_16);
        assertEquals("ab", utf16.getString(0, StandardCharsets.UTF_16));
        MemorySegment layout = allocator.allocate(MemoryLayout.sequenceLayout(3, ValueLayout.JAVA_DOUBLE));
        assertEquals(24, layout.byteSize());
        MemorySegment array = allocator.allocate(ValueLayout.JAVA_SHORT, 5);
        assertEquals(10, array.byteSize());
        List.of(text, ints, one, utf16, layout, array).forEach(allocator::free);
        assertEquals(0, allocator.stats().liveObjects());
    }

    @Test
    void badSizesAndAlignmentsAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> allocator.allocate(-1));
        assertThrows(IllegalArgumentException.class, () -> allocator.allocate(Long.MIN_VALUE));
        assertThrows(IllegalArgumentException.class, () -> allocator.allocate(-1, 8));
        assertThrows(IllegalArgumentException.class, () -> allocator.allocate(8, 0));
        assertThrows(IllegalArgumentException.class, () -> allocator.allocate(8, -8));
        assertThrows(IllegalArgumentException.class, () -> allocator.allocate(8, 24));
        assertThrows(IllegalArgumentException.class, () -> allocator.allocate(8, Long.MIN_VALUE));
        assertThrows(IllegalArgumentException.class, () -> allocator.allocateAddress(0));
        assertThrows(IllegalArgumentException.class, () -> allocator.allocateAddress(-5));
        assertThrows(IllegalArgumentException.class, () -> allocator.allocateAddress(5, 3));
        assertThrows(OutOfMemoryError.class, () -> allocator.allocate(Long.MAX_VALUE));
        assertThrows(OutOfMemoryError.class, () -> allocator.allocate(Long.MAX_VALUE, 1L << 62));
        assertThrows(OutOfMemoryError.class, () -> allocator.allocateAddress(Long.MAX_VALUE));
        assertEquals(0, allocator.stats().liveObjects());
        allocator.free(allocator.allocate(1));
    }

    @Test
    void aSizeChangesInPlaceOrByACopy() {
        for (long from : SIZES) {
            for (long to : SIZES) {
                MemorySegment object = allocator.allocate(from);
                object.fill((byte) 5);
                MemorySegment changed = allocator.reallocate(object, to);
                assertEquals(to, changed.byteSize());
                MemorySegment kept = changed.asSlice(0, Math.min(from, to));
                kept.elements(ValueLayout.JAVA_BYTE)
                        .forEach(each -> assertEquals(5, each.get(ValueLayout.JAVA_BYTE, 0)));
                allocator.free(changed);
            }
        }
        long address = allocator.allocateAddress(100);
        allocator.segment(address, 100).fill((byte) 3);
        address = allocator.reallocateAddress(address, 5_000);
        assertEquals(3, allocator.segment(address, 100).get(ValueLayout.JAVA_BYTE, 99));
        address = allocator.reallocateAddress(address, 200_000);
        assertEquals(3, allocator.segment(address, 100).get(ValueLayout.JAVA_BYTE, 99));
        address = allocator.reallocateAddress(address, 10);
        assertEquals(3, allocator.segment(address, 10).get(ValueLayout.JAVA_BYTE, 9));
        allocator.freeAddress(address);
        assertEquals(0, allocator.stats().liveObjects());
    }

    @Test
    void manyAtOnce() {
        long[] addresses = new long[1_002];
        for (long size : new long[] {1, 64, 3_000, 70_000}) {
            allocator.allocateBulk(size, addresses, 1, size > 65_536 ? 10 : 1_000);
            int count = size > 65_536 ? 10 : 1_000;
            assertEquals(0, addresses[0]);
            assertEquals(count, allocator.stats().liveObjects());
            assertNotEquals(addresses[1], addresses[2]);
            allocator.freeBulk(addresses, 1, count);
            assertEquals(0, allocator.stats().liveObjects());
        }
        for (int i = 0; i < 100; i++) {
            addresses[i] = allocator.allocateAddress(SIZES[1 + i % (SIZES.length - 1)]);
        }
        allocator.freeBulk(addresses, 0, 100);
        allocator.freeBulk(addresses, 0, 0);
        assertEquals(0, allocator.stats().liveObjects());
        assertThrows(IndexOutOfBoundsException.class, () -> allocator.freeBulk(addresses, 1_000, 3));
        assertThrows(IndexOutOfBoundsException.class, () -> allocator.allocateBulk(8, addresses, -1, 3));
        assertThrows(IllegalArgumentException.class, () -> allocator.allocateBulk(0, addresses, 0, 3));
    }

    @Test
    void anyThreadFreesWhatAnotherAllocated() {
        List<MemorySegment> objects = new ArrayList<>();
        for (long size : SIZES) {
            objects.add(allocator.allocate(size));
        }
        OtherThread.run(() -> objects.forEach(allocator::free));
        assertEquals(0, allocator.stats().liveObjects());
        OtherThread.runVirtual(() -> {
            for (long size : SIZES) {
                allocator.free(allocator.allocate(size));
            }
        });
        assertEquals(0, allocator.stats().liveObjects());
    }

    @Test
    void statisticsCountByClass() {
        MemorySegment one = allocator.allocate(100);
        MemorySegment other = allocator.allocate(112);
        MemorySegment large = allocator.allocate(100_000);
        assertEquals(3, allocator.stats().liveObjects());
        assertEquals(1, allocator.stats().classes().size());
        assertEquals(112, allocator.stats().classes().getFirst().objectSize());
        assertEquals(2, allocator.stats().classes().getFirst().liveObjects());
        assertEquals("sized/112", allocator.stats().classes().getFirst().name());
        assertEquals(1, allocator.stats().largeObjects());
        assertEquals(100_000, allocator.stats().largeBytes());
        assertEquals(100_000 + 2 * 112, allocator.stats().liveBytes());
        assertTrue(allocator.stats().reservedBytes() > 100_000 + 2 * 112);
        List.of(one, other, large).forEach(allocator::free);
        assertEquals(3, allocator.stats().frees());
        assertEquals(3, allocator.stats().allocations());
        assertEquals(0, allocator.stats().largeBytes());
        assertTrue(allocator.stats().toString().contains("sized"), allocator.stats()::toString);
        assertTrue(allocator.shrink() >= 0);
    }
}

package io.slabcache.tests.faults;

import static io.slabcache.tests.support.Texts.assertSays;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.slabcache.ObjectAllocator;
import io.slabcache.SlabCache;
import io.slabcache.diagnostics.Debug;
import io.slabcache.diagnostics.InvalidFreeException;
import io.slabcache.diagnostics.InvalidFreeException.Kind;
import io.slabcache.diagnostics.MisuseReport;
import io.slabcache.tests.support.Healthy;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Frees of something that is no live object of the cache. The numbers are those of {@link Fault}. */
@ParameterizedClass(name = "{0}")
@MethodSource("io.slabcache.tests.faults.Case#all")
class InvalidFreeFaultTest extends FaultContract {
    @Test
    void fault01_anObjectThatThisThreadHasFreed() {
        MemorySegment object = one.allocate(cache);
        one.free(cache, object);
        MisuseReport report = refused(Kind.DOUBLE_FREE, object, hex(object.address()), "that is free already");
        assertEquals(object.address(), report.object());
        boolean isTracked = one.mode().has(Debug.TRACKING);
        assertEquals(isTracked, report.text().contains("\nallocated at "));
        assertEquals(isTracked, report.text().contains("\nfreed at "));
        assertEquals(isTracked, report.freed().isPresent());
    }

    @Test
    void fault04_anAddressInsideAnObject() {
        MemorySegment object = bystanders.getFirst();
        for (long offset : new long[] {1, 8, SIZE - 1}) {
            MisuseReport report = refused(
                    Kind.INTERIOR,
                    object.asSlice(offset),
                    hex(object.address() + offset),
                    "lies " + offset + " bytes into the object at " + hex(object.address()) + " of");
            assertEquals(object.address(), report.object());
            assertEquals(offset, report.offset());
        }
    }

    @Test
    void fault05_memoryOfNoCacheWhetherItExistsOrNot() {
        MemorySegment gone;
        try (Arena arena = Arena.ofConfined()) {
            gone = arena.allocate(SIZE, 64);
            refused(Kind.FOREIGN, gone, hex(gone.address()), "lies in no slab of any cache");
        }
        refused(Kind.FOREIGN, gone, hex(gone.address()));
    }

    @Test
    void fault05_nothing() {
        MisuseReport report = refused(Kind.NULL, null);
        assertEquals(-1, report.index());
    }

    @Test
    void fault05_numbersThatAreNoAddress() {
        for (long number : new long[] {1, -1, -SIZE, Long.MIN_VALUE, Long.MAX_VALUE}) {
            refused(Kind.FOREIGN, MemorySegment.ofAddress(number), hex(number));
        }
    }

    @Test
    void fault06_anObjectOfAnotherCache() {
        try (SlabCache other = one.mode().builder("neighbour", SIZE).build()) {
            MemorySegment object = one.allocate(other);
            refused(Kind.WRONG_CACHE, object, hex(object.address()), "'victim'", "belongs to cache 'neighbour'");
            one.free(other, object);
            Healthy.checkNothingLive(other);
            assertEquals(0, other.stats().misuses());
        }
    }

    @Test
    void fault25_anObjectTwiceInOneBulk() {
        MemorySegment object = one.allocate(cache);
        long address = object.address();
        ObjectAllocator allocator = one.access().to(cache);
        long live = cache.stats().liveObjects();
        MisuseReport report = reported(InvalidFreeException.class, () -> {
            if (one.form().carriesSegments()) {
                allocator.freeBulk(new MemorySegment[] {bystanders.getFirst(), object, object}, 0, 3);
            } else {
                allocator.freeBulk(new long[] {bystanders.getFirst().address(), address, address}, 0, 3);
            }
        });
        assertEquals(MisuseReport.Kind.DOUBLE_FREE, report.kind());
        assertSays(report.text(), "entry 2 of a bulk free", hex(address));
        assertEquals(live, cache.stats().liveObjects());
        one.free(cache, object);
    }

    @Test
    void fault25_aRangeThatIsNotInTheArray() {
        ObjectAllocator allocator = one.access().to(cache);
        MemorySegment[] objects = {bystanders.getFirst()};
        long[] addresses = {bystanders.getFirst().address()};
        for (int[] range : new int[][] {{-1, 1}, {0, 2}, {1, 1}, {0, -1}, {Integer.MAX_VALUE, 1}}) {
            assertThrows(IndexOutOfBoundsException.class, () -> allocator.freeBulk(objects, range[0], range[1]));
            assertThrows(IndexOutOfBoundsException.class, () -> allocator.freeBulk(addresses, range[0], range[1]));
            assertThrows(IndexOutOfBoundsException.class, () -> allocator.allocateBulk(objects, range[0], range[1]));
            assertThrows(IndexOutOfBoundsException.class, () -> allocator.allocateBulk(addresses, range[0], range[1]));
        }
        assertEquals(1, cache.stats().liveObjects());
        assertFalse(objects[0] == null || addresses[0] == 0);
    }
}

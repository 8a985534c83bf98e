package io.slabcache.tests.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slabcache.tests.support.Cookies;
import io.slabcache.tests.support.OtherThread;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The properties of a single object: size, place, identity and contents. */
@InAllConfigurations
class ObjectTest extends CacheContract {
    @Test
    void anObjectHasExactlyTheSizeAskedForAndIsWritable() {
        MemorySegment object = allocator().allocate();
        assertEquals(configuration.objectSize(), object.byteSize());
        assertTrue(object.isNative());
        assertFalse(object.isReadOnly());
        allocator().free(object);
    }

    @Test
    void everyObjectIsAligned() {
        List<MemorySegment> objects = allocateMany();
        for (MemorySegment object : objects) {
            assertEquals(0, object.address() % configuration.alignment(), object::toString);
        }
        freeAll(objects);
    }

    @Test
    void liveObjectsDoNotOverlap() {
        List<MemorySegment> objects = allocateMany();
        long[] addresses =
                objects.stream().mapToLong(MemorySegment::address).sorted().toArray();
        for (int i = 1; i < addresses.length; i++) {
            long distance = addresses[i] - addresses[i - 1];
            assertTrue(distance >= configuration.stride(), "only " + distance + " bytes between two objects");
        }
        freeAll(objects);
    }

    @Test
    void whatIsWrittenIntoOneObjectIsNotSeenInAnother() {
        List<MemorySegment> objects = allocateMany();
        for (int i = 0; i < objects.size(); i++) {
            objects.get(i).fill((byte) ~i);
            Cookies.write(objects.get(i), i);
        }
        for (int i = 0; i < objects.size(); i++) {
            Cookies.check(objects.get(i), i);
        }
        freeAll(objects);
    }

    @Test
    void anAddressLeadsToItsSegment() {
        long address = allocator().allocateAddress();
        MemorySegment object = cache.segment(address);
        assertEquals(address, object.address());
        assertEquals(configuration.objectSize(), object.byteSize());
        allocator().freeAddress(address);
    }

    @Test
    void anObjectAlwaysComesAsTheSameSegmentWhetherLiveOrNot() {
        MemorySegment object = allocator().allocate();
        long address = object.address();
        assertSame(object, cache.segment(address));
        allocator().free(object);
        assertSame(object, cache.segment(address));
        MemorySegment again = allocator().allocate();
        assertSame(again, cache.segment(again.address()));
        allocator().free(again);
    }

    @Test
    void noSegmentIsGivenForAnAddressThatIsNoObject() {
        long address = allocator().allocateAddress();
        for (long wrong : new long[] {address + 1, address - 1, 0, -1, Long.MIN_VALUE, Long.MAX_VALUE}) {
            IllegalArgumentException refused = assertThrows(IllegalArgumentException.class, () -> cache.segment(wrong));
            assertTrue(refused.getMessage().contains("0x" + Long.toHexString(wrong)), refused.getMessage());
            assertTrue(refused.getMessage().contains("'contract'"), refused.getMessage());
        }
        allocator().freeAddress(address);
    }

    @Test
    void theCacheOwnsTheStartsOfItsObjectsAndNothingElse() {
        long address = allocator().allocateAddress();
        assertTrue(cache.owns(address));
        for (long wrong : new long[] {address + 1, address - 1, 0, -1, Long.MIN_VALUE, Long.MAX_VALUE}) {
            assertFalse(cache.owns(wrong), () -> "owns 0x" + Long.toHexString(wrong));
        }
        allocator().freeAddress(address);
        assertTrue(cache.owns(address));
    }

    @Test
    void theCacheDoesNotOwnMemoryFromElsewhere() {
        allocator().freeAddress(allocator().allocateAddress());
        try (Arena arena = Arena.ofConfined()) {
            assertFalse(cache.owns(arena.allocate(64, 64).address()));
        }
    }

    @Test
    void zeroedObjectsAreZeroAlsoAfterUse() {
        for (int i = 0; i < 3; i++) {
            MemorySegment object = allocator().allocateZeroed();
            assertEquals(-1, object.mismatch(MemorySegment.ofArray(new byte[(int) object.byteSize()])));
            object.fill((byte) -1);
            allocator().free(object);
        }
    }

    @Test
    void segmentsAndAddressesMayBeMixed() {
        allocator().freeAddress(allocator().allocate().address());
        allocator().free(cache.segment(allocator().allocateAddress()));
        assertEquals(2, cache.stats().frees());
    }

    @Test
    void anEqualViewOfTheWholeObjectIsTakenBack() {
        MemorySegment object = allocator().allocate();
        allocator().free(object.asSlice(0, configuration.objectSize()));
        assertEquals(0, cache.stats().liveObjects());
    }

    @Test
    void anyThreadMayFreeAnObject() {
        MemorySegment first = allocator().allocate();
        long second = allocator().allocateAddress();
        OtherThread.run(() -> cache.free(first));
        OtherThread.runVirtual(() -> cache.freeAddress(second));
        assertEquals(2, cache.stats().frees());
    }

    @Test
    void tryAllocateGivesAnObjectWhereThereIsRoom() {
        MemorySegment object = allocator().tryAllocate();
        assertNotNull(object);
        long address = allocator().tryAllocateAddress();
        assertTrue(cache.owns(address));
        allocator().free(object);
        allocator().freeAddress(address);
    }

    @Test
    void theCacheKnowsItsNameSizeAndAlignment() {
        assertEquals("contract", cache.name());
        assertEquals(configuration.objectSize(), cache.objectSize());
        assertEquals(configuration.alignment(), cache.alignment());
        assertTrue(cache.toString().contains("'contract'"), cache::toString);
    }
}

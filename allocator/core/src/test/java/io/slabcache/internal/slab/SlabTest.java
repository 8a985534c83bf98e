package io.slabcache.internal.slab;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slabcache.internal.util.FakeSource;
import io.slabcache.internal.util.HeapUse;
import io.slabcache.internal.util.Threads;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A slab knows which addresses and segments are its objects, and marks them live and free. Handles and their heap
 * memory exist only on demand.
 */
@Timeout(30)
class SlabTest {
    private static final long BASE = 0x7f00_1234_0040L;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 16, 24, 48, 64, 100, 127, 128, 1000})
    void anObjectStartsAtEachMultipleOfTheStrideAndNowhereElse(long stride) {
        Slab slab = Slabs.at(BASE, Slabs.geometry(stride), 70);
        for (long offset = 0; offset < (slab.end() - slab.base()); offset++) {
            assertEquals(offset % stride == 0, slab.startsAt(BASE + offset), "offset " + offset);
            assertEquals(offset % stride == 0, slab.hasObjectAt(BASE + offset), "offset " + offset);
            assertEquals(offset / stride, slab.indexOf(BASE + offset));
        }
        for (int i = 0; i < 70; i++) {
            assertEquals(BASE + i * stride, slab.address(i));
        }
    }

    @Test
    void aSlabContainsItsFirstAndLastByteAndNothingBeyond() {
        Slab slab = Slabs.at(BASE, Slabs.geometry(48), 100);
        assertEquals(BASE, slab.base());
        assertEquals(4800, (slab.end() - slab.base()));
        assertEquals(100, slab.objects());
        assertTrue(slab.contains(BASE));
        assertTrue(slab.contains(BASE + 4799));
        for (long address : new long[] {BASE - 1, BASE + 4800, 0, 1, -1, -BASE, Long.MIN_VALUE, Long.MAX_VALUE}) {
            assertFalse(slab.contains(address), Long.toHexString(address));
            assertFalse(slab.hasObjectAt(address), Long.toHexString(address));
        }
    }

    @Test
    void theSlabNoneContainsNoAddress() {
        for (long address : new long[] {0, 1, -1, BASE, Long.MIN_VALUE, Long.MAX_VALUE}) {
            assertFalse(Slab.NONE.contains(address));
            assertFalse(Slab.NONE.hasObjectAt(address));
        }
    }

    @Test
    void aHiddenSlabContainsNothingButStillCoversItsBytes() {
        Slab slab = Slabs.at(BASE, Slabs.geometry(48), 100);
        assertTrue(slab.hasObjectAt(BASE));
        slab.hide();
        assertFalse(slab.hasObjectAt(BASE));
        assertFalse(slab.contains(BASE));
        assertFalse(slab.contains(BASE + 4799));
        assertTrue(slab.covers(BASE));
        assertTrue(slab.covers(BASE + 4799));
        assertFalse(slab.covers(BASE + 4800));
        slab.show();
        assertTrue(slab.contains(BASE + 4799));
        assertFalse(slab.contains(BASE + 4800));
        assertTrue(slab.hasObjectAt(BASE + 4752));
        assertFalse(slab.hasObjectAt(BASE + 4800));
    }

    @Test
    void objectsAreMarkedInRunsThatEndWithTheSlab() {
        Slab slab = Slabs.at(BASE, Slabs.geometry(48), 100);
        long[] addresses = {slab.address(3), slab.address(99), slab.address(0), BASE + 4800, slab.address(1)};
        assertEquals(1, SlabRuns.markLive(slab, addresses, 1, 1));
        assertFalse(slab.isLive(slab.address(99)));
        assertEquals(3, SlabRuns.markLive(slab, addresses, 1, 5));
        assertFalse(slab.isLive(slab.address(3)));
        assertTrue(slab.isLive(slab.address(99)) && slab.isLive(slab.address(0)));
        assertEquals(0, SlabRuns.markFree(slab, addresses, 0, 5), "the first is not live");
        assertEquals(2, SlabRuns.markFree(slab, addresses, 1, 2));
        assertEquals(3, SlabRuns.markFree(slab, addresses, 2, 5));
        assertFalse(slab.isLive(slab.address(99)) || slab.isLive(slab.address(0)));
    }

    @Test
    void aRetiredSlabIsHiddenAndHasNoLiveObject() {
        Slab slab = Slabs.at(BASE, Slabs.geometry(48), 100);
        slab.markLive(slab.address(7));
        assertTrue(slab.contains(BASE));
        slab.hide();
        assertTrue(slab.isLive(slab.address(7)), "it may be shown again");
        slab.retire();
        assertFalse(slab.contains(BASE));
        assertFalse(slab.markFree(slab.address(7)));
    }

    @Test
    void anObjectIsLiveFromTheMarkUntilItIsMarkedFree() {
        Slab slab = Slabs.at(BASE, Slabs.geometry(48), 100);
        long address = slab.address(7);
        assertFalse(slab.isLive(address));
        assertFalse(slab.markFree(address));
        slab.markLive(address);
        assertTrue(slab.isLive(address));
        assertTrue(slab.markFree(address));
        assertFalse(slab.isLive(address));
        assertFalse(slab.markFree(address), "the second free of one object");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 3, 16, 17, 24, 48, 64, 100, 127, 128, 4097})
    void theMarksOfNeighboursAreIndependent(long stride) {
        Random random = new Random(stride);
        for (int objects : new int[] {1, 2, 5, 64, 1000}) {
            Slab slab = Slabs.at(random.nextLong(1, 1L << 46), Slabs.geometry(stride), objects);
            boolean[] live = new boolean[objects];
            for (int step = 0; step < 2 * objects; step++) {
                int index = random.nextInt(objects);
                if (random.nextBoolean()) {
                    slab.markLive(slab.address(index));
                    live[index] = true;
                } else {
                    assertEquals(live[index], slab.markFree(slab.address(index)));
                    live[index] = false;
                }
            }
            for (int i = 0; i < objects; i++) {
                assertEquals(live[i], slab.isLive(slab.address(i)));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 24, 48, 64, 100})
    void aHandleCoversExactlyItsObject(long size) {
        Slab slab = Slabs.real(new SlabGeometry(size, 16, 0, Long.MAX_VALUE), 130);
        for (int i = 0; i < 130; i++) {
            MemorySegment handle = slab.handle(slab.address(i));
            assertEquals(slab.address(i), handle.address());
            assertEquals(size, handle.byteSize());
            assertSame(slab.memory().scope(), handle.scope());
        }
        for (int i = 0; i < 130; i++) {
            assertSame(slab.handle(slab.address(i)), slab.handle(slab.address(i)));
        }
    }

    @Test
    void onlyTheInstanceThatWasHandedOutIsTheHandle() {
        Slab slab = Slabs.real(Slabs.geometry(48), 10);
        long address = slab.address(3);
        MemorySegment view = slab.memory().asSlice(3 * 48, 48);
        assertFalse(slab.handleIfCreated(address) == view, "before any handle was made");
        MemorySegment handle = slab.handle(address);
        assertTrue(slab.handleIfCreated(address) == handle);
        assertEquals(handle, view);
        assertNotSame(handle, view);
        assertFalse(slab.handleIfCreated(address) == view);
        assertFalse(slab.handleIfCreated(slab.address(4)) == handle);
        assertFalse(slab.handleIfCreated(address) == slab.handle(slab.address(4)));
    }

    @Test
    void segmentsAreFreedInRunsOfHandles() {
        Slab slab = Slabs.real(Slabs.geometry(32), 10);
        long[] addresses = {slab.address(2), slab.address(9), slab.address(0), slab.base() + 320, slab.address(1)};
        MemorySegment[] objects = new MemorySegment[6];
        assertEquals(3, SlabRuns.handles(slab, addresses, 1, 5, objects, 1));
        assertEquals(
                Arrays.asList(null, null, slab.handle(addresses[1]), slab.handle(addresses[2]), null, null),
                Arrays.asList(objects));
        assertEquals(3, SlabRuns.markLive(slab, addresses, 0, 3));
        long[] freed = new long[5];
        assertEquals(0, SlabRuns.markFree(slab, objects, 1, 0, 5, freed), "null is not an object");
        assertEquals(3, SlabRuns.markFree(slab, objects, 1, 1, 5, freed), "up to the next null");
        assertArrayEquals(new long[] {0, addresses[1], addresses[2], 0, 0}, freed);
        assertTrue(slab.isLive(addresses[0]));
        assertFalse(slab.isLive(addresses[1]) || slab.isLive(addresses[2]));
        assertEquals(1, SlabRuns.markFree(slab, objects, 1, 1, 3, freed), "it is no longer live");
        objects[1] = slab.memory().asSlice(addresses[0] - slab.base(), 32);
        assertEquals(0, SlabRuns.markFree(slab, objects, 1, 0, 1, freed), "a view is left to the slow path");
        assertTrue(slab.isLive(addresses[0]));
    }

    @Test
    void threadsThatAskForHandlesAtTheSameTimeGetTheRightOnes() throws Exception {
        Slab slab = Slabs.real(Slabs.geometry(32), 2000);
        Threads.together(4, number -> {
            for (int i = 0; i < 2000; i++) {
                MemorySegment handle = slab.handle(slab.address(i));
                assertEquals(slab.address(i), handle.address());
                assertEquals(32, handle.byteSize());
            }
        });
        for (int i = 0; i < 2000; i++) {
            assertTrue(slab.handleIfCreated(slab.address(i)) == slab.handle(slab.address(i)));
        }
    }

    @Test
    void theHeapGrowsByHandlesOnlyOnDemand() {
        OnDemandHeap onDemand = new OnDemandHeap();
        SlabGeometry geometry = Slabs.geometry(64);
        Slab slab = Slabs.of(new FakeSource().allocate(64_000, 64), geometry, 1000, onDemand);
        assertTrue(SlabHeap.bytes(slab) < 2 * 1024, SlabHeap.bytes(slab) + " bytes");
        assertEquals(0, onDemand.bytes());
        slab.handle(slab.address(0));
        long table = 4L * slab.liveBytes().length;
        assertEquals(table + 40, onDemand.bytes());
        slab.handle(slab.address(0));
        slab.handle(slab.address(999));
        assertEquals(table + 80, onDemand.bytes());
        slab.retire();
        assertEquals(0, onDemand.bytes());
    }

    @Test
    void theHandlesOfASlabShareOneTable() throws Exception {
        int objects = 4096;
        Slab slab = Slabs.real(Slabs.geometry(64), objects);
        long bytes = HeapUse.of(() -> {
            for (int i = 0; i < objects; i++) {
                slab.handle(slab.address(i));
            }
        });
        assertTrue(bytes <= objects * 200L, bytes + " bytes for " + objects + " handles");
    }

    /** Otherwise false sharing of the live bytes would make each of their pairs three times as expensive. */
    @Test
    void twoOwnersThatTakeAFewObjectsGetThemFarApart() {
        Slab slab = Slabs.at(1 << 20, Slabs.geometry(64), 256);
        long[] one = new long[8];
        long[] other = new long[8];
        assertEquals(8, slab.freeMap.take(one, 0, 8));
        assertEquals(8, slab.freeMap.take(other, 0, 8));
        for (long mine : one) {
            for (long theirs : other) {
                assertTrue(Math.abs(slab.indexOf(mine) - slab.indexOf(theirs)) >= 48);
            }
        }
    }
}

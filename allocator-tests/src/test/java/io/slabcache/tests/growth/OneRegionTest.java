package io.slabcache.tests.growth;

import static io.slabcache.tests.support.Texts.assertSays;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slabcache.GenerationHandles;
import io.slabcache.Lease;
import io.slabcache.SlabCache;
import io.slabcache.SlabCacheBuilder;
import io.slabcache.diagnostics.Debug;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The objects of a bounded cache that reserves them all lie in one region, numbered in order. */
class OneRegionTest {
    private static final int OBJECTS = 5000;

    private static SlabCacheBuilder builder(long size) {
        return SlabCache.builder("one", size).maxObjects(OBJECTS).reserve(OBJECTS);
    }

    @ParameterizedTest
    @CsvSource({
        "1,1,false",
        "24,8,false",
        "100,4,false",
        "100,64,false",
        "4096,4096,false",
        "1000,8,true",
        "100,64,true"
    })
    void addressesAndIndicesGoRoundTrip(long size, long alignment, boolean debugged) {
        SlabCacheBuilder builder = builder(size).alignment(alignment);
        try (SlabCache cache = (debugged ? builder.debug(Debug.REDZONES, Debug.POISON) : builder).build()) {
            assertEquals(1, cache.stats().slabs());
            assertEquals(OBJECTS, cache.stats().totalObjects());
            MemorySegment window = cache.window();
            boolean[] seen = new boolean[OBJECTS];
            for (int i = 0; i < OBJECTS; i++) {
                long address = cache.allocateAddress();
                int index = cache.indexOf(address);
                assertFalse(seen[index], "two objects have one index");
                seen[index] = true;
                assertEquals(address, cache.addressOf(index));
                long offset = cache.offset(address);
                assertTrue(offset >= 0 && offset + size <= window.byteSize(), "outside of the window");
                assertEquals(address, window.address() + offset);
            }
            assertEquals(0, cache.offset(cache.addressOf(0)));
            assertTrue(cache.offset(cache.addressOf(1)) >= size);
            assertEquals(0, cache.tryAllocateAddress());
            assertEquals(0, cache.shrink());
            assertEquals(0, cache.stats().growthStalls());
            cache.closeNow();
            assertThrows(IllegalStateException.class, () -> window.get(ValueLayout.JAVA_BYTE, 0));
        }
    }

    @Test
    void aFlyweightWorksOnOffsets() {
        MemoryLayout order = MemoryLayout.structLayout(
                ValueLayout.JAVA_LONG.withName("id"), ValueLayout.JAVA_LONG.withName("price"));
        VarHandle price = order.varHandle(MemoryLayout.PathElement.groupElement("price"));
        try (SlabCache cache = SlabCache.builder("orders", order)
                .maxObjects(OBJECTS)
                .reserve(OBJECTS)
                .build()) {
            assertEquals(Optional.of(order), cache.layout());
            MemorySegment object = cache.allocate();
            price.set(cache.window(), cache.offset(object.address()), 42L);
            assertEquals(42L, (long) price.get(object, 0L));
            cache.free(object);
        }
        try (SlabCache cache = SlabCache.builder("bytes", 16).build()) {
            assertEquals(Optional.empty(), cache.layout());
        }
    }

    @Test
    void addressesThatAreNoObjectsAreRefused() {
        try (SlabCache cache = builder(24).build()) {
            long first = cache.addressOf(0);
            for (long wrong :
                    new long[] {0, -1, first + 1, first + 8, first - 24, first + 24L * OBJECTS, Long.MIN_VALUE}) {
                IllegalArgumentException refused =
                        assertThrows(IllegalArgumentException.class, () -> cache.indexOf(wrong));
                assertSays(refused.getMessage(), "0x" + Long.toHexString(wrong) + " is not the start of an object");
            }
            assertEquals(1, cache.indexOf(first + 24), "the twin that is right");
            for (int wrong : new int[] {-1, OBJECTS, Integer.MAX_VALUE, Integer.MIN_VALUE}) {
                IndexOutOfBoundsException refused =
                        assertThrows(IndexOutOfBoundsException.class, () -> cache.addressOf(wrong));
                assertSays(refused.getMessage(), "index is " + wrong + "; expected 0 to " + (OBJECTS - 1));
            }
            assertThrows(
                    IndexOutOfBoundsException.class,
                    () -> cache.window()
                            .get(ValueLayout.JAVA_BYTE, cache.window().byteSize()));
        }
    }

    @Test
    void otherCachesSayHowToGetOneRegion() {
        try (SlabCache unbounded = SlabCache.builder("many", 24).reserve(10).build();
                SlabCache partly = SlabCache.builder("many", 24)
                        .maxObjects(100)
                        .reserve(99)
                        .build();
                SlabCache chosen = SlabCache.builder("many", 24)
                        .maxObjects(100)
                        .reserve(100)
                        .slabBytes(240)
                        .build()) {
            for (SlabCache cache : new SlabCache[] {unbounded, partly, chosen}) {
                for (Executable call : new Executable[] {
                    cache::window, () -> cache.offset(0), () -> cache.indexOf(0), () -> cache.addressOf(0)
                }) {
                    UnsupportedOperationException refused = assertThrows(UnsupportedOperationException.class, call);
                    assertSays(
                            refused.getMessage(),
                            "the objects of " + cache + " may lie in several regions; expected a cache built with"
                                    + " maxObjects(n) and reserve(n), of at most 1 GiB, without slabBytes");
                }
            }
        }
    }

    @Test
    void everythingElseWorksOnIt() {
        try (SlabCache cache = builder(64).growAhead(10).build()) {
            long[] all = new long[OBJECTS];
            assertTrue(cache.allocateBulk(all, 0, OBJECTS));
            assertThrows(IllegalArgumentException.class, () -> cache.freeAddress(all[0] + 8));
            cache.freeAddress(all[3]);
            assertThrows(IllegalArgumentException.class, () -> cache.freeAddress(all[3]));
            all[3] = cache.allocateAddress();
            cache.freeBulk(all, 0, OBJECTS);
            assertNotEquals(0, cache.allocateAddress());
            cache.closeNow();
        }
    }

    @Test
    void generationsAndLeasesWorkOnIt() {
        try (SlabCache cache = builder(64).build()) {
            GenerationHandles handles = cache.generations();
            long[] all = new long[OBJECTS];
            for (int i = 0; i < OBJECTS; i++) {
                all[i] = handles.allocate();
            }
            assertEquals(0, handles.tryAllocate());
            for (long handle : all) {
                handles.free(handle);
                assertFalse(handles.isLive(handle));
            }
            try (Lease lease = cache.allocateLeased()) {
                long address = lease.segment().address();
                assertEquals(address, cache.addressOf(cache.indexOf(address)));
                assertTrue(cache.owns(address));
            }
        }
    }

    @Test
    void closedIsClosed() {
        SlabCache cache = builder(64).build();
        MemorySegment window = cache.window();
        long first = cache.addressOf(0);
        cache.close();
        assertFalse(window.scope().isAlive());
        assertThrows(IllegalStateException.class, () -> cache.indexOf(first));
    }
}

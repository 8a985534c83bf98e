package io.slabcache.tests.growth;

import static io.slabcache.tests.support.Texts.assertSays;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.slabcache.SlabCache;
import io.slabcache.SlabCacheBuilder;
import io.slabcache.audit.LeakAudit;
import io.slabcache.diagnostics.Debug;
import io.slabcache.memory.MemoryRegion;
import io.slabcache.memory.MemorySource;
import io.slabcache.tests.support.ResidentMemory;
import io.slabcache.tests.support.ScriptedSource;
import io.slabcache.tests.support.Workers;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.management.ManagementFactory;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Reserved objects need no growth, no page fault and no heap when they are allocated. */
@Timeout(120)
class ReserveTest {
    private static final int OBJECTS = 50_000;
    private static final int SIZE = 256;

    private static SlabCacheBuilder builder() {
        return SlabCache.builder("reserved", SIZE);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void nothingGrowsAfterwards(boolean bounded) {
        SlabCacheBuilder builder = builder().constructor(object -> object.set(ValueLayout.JAVA_BYTE, 0, (byte) 1));
        try (SlabCache cache = bounded ? builder.maxObjects(OBJECTS + 10).build() : builder.build()) {
            assertTrue(cache.reserve(OBJECTS) >= OBJECTS);
            assertTrue(cache.reserve(1) >= OBJECTS, "a second time");
            long slabs = cache.stats().slabs();
            for (int i = 0; i < OBJECTS; i++) {
                assertNotEquals(0, cache.tryAllocateAddress());
            }
            assertEquals(0, cache.stats().growthStalls());
            assertEquals(slabs, cache.stats().slabs());
            cache.closeNow();
        }
    }

    @Test
    void liveObjectsDoNotCountAsReserved() {
        try (SlabCache cache = builder().build()) {
            cache.allocateBulk(new long[5000], 0, 5000);
            assertTrue(cache.reserve(10_000) >= 10_000);
            assertTrue(cache.stats().totalObjects() >= 15_000);
            cache.closeNow();
        }
    }

    @Test
    void atTheBoundItIsAllOrNothing() {
        try (SlabCache cache = builder().maxObjects(10_000).build()) {
            assertEquals(0, cache.reserve(10_001));
            assertEquals(0, cache.stats().slabs());
            cache.allocateBulk(new long[100], 0, 100);
            long slabs = cache.stats().slabs();
            assertEquals(0, cache.reserve(9_901));
            assertEquals(slabs, cache.stats().slabs());
            assertTrue(cache.reserve(9_900) > 0);
            assertEquals(10_000, cache.stats().totalObjects());
            cache.closeNow();
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1, Long.MIN_VALUE})
    void fewerThanOneIsRefused(long objects) {
        try (SlabCache cache = builder().build()) {
            IllegalArgumentException refused =
                    assertThrows(IllegalArgumentException.class, () -> cache.reserve(objects));
            assertSays(refused.getMessage(), "objects is " + objects + "; expected 1 or more");
        }
    }

    @Test
    void aClosedCacheReservesNothing() {
        SlabCache cache = builder().build();
        cache.close();
        assertThrows(IllegalStateException.class, () -> cache.reserve(1));
    }

    @Test
    void segmentsAreThere() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        try (SlabCache cache = builder().build()) {
            assertTrue(cache.reserve(OBJECTS) >= OBJECTS);
            long heap = cache.stats().heapBytes();
            MemorySegment[] objects = new MemorySegment[4000];
            cache.free(cache.allocate());
            long before = threads.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < objects.length; i++) {
                objects[i] = cache.allocate();
            }
            long used = threads.getCurrentThreadAllocatedBytes() - before;
            // Magazines grow; segments would take 160,000 bytes.
            assertTrue(used < 80_000, used + " bytes for 4,000 objects");
            assertTrue(cache.stats().heapBytes() - heap < 80_000);
            assertSame(objects[7], cache.segment(objects[7].address()));
            cache.closeNow();
        }
        try (SlabCache cache = builder().handles(false).build()) {
            cache.reserve(OBJECTS);
            assertTrue(cache.stats().heapBytes() < OBJECTS * 3L);
        }
    }

    /** Memory of a sparse file, so that its pages are there only once they were touched. */
    private static MemorySource sparse(Path file) {
        return (bytes, alignment) -> {
            Arena arena = Arena.ofShared();
            try (FileChannel channel = FileChannel.open(
                    file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
                return MemoryRegion.of(arena, channel.map(FileChannel.MapMode.READ_WRITE, 0, bytes, arena));
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        };
    }

    @Test
    void allPagesAreThere(@TempDir Path folder) throws IOException {
        if (!ResidentMemory.isKnown()) {
            return;
        }
        int objects = 64 << 12; // 64 MiB
        try (SlabCache lazy = builder()
                        .maxObjects(objects)
                        .slabBytes(64 << 20)
                        .handles(false)
                        .memory(sparse(folder.resolve("lazy")))
                        .build();
                SlabCache reserved = builder()
                        .maxObjects(objects)
                        .handles(false)
                        .memory(sparse(folder.resolve("reserved")))
                        .build()) {
            long before = ResidentMemory.mebibytes();
            lazy.freeAddress(lazy.allocateAddress());
            long without = ResidentMemory.mebibytes() - before;
            assertTrue(without < 40, () -> "the known-bad twin shows pages that nothing touched: " + without);
            before = ResidentMemory.mebibytes();
            assertEquals(objects, reserved.reserve(objects));
            long with = ResidentMemory.mebibytes() - before;
            assertTrue(with > 50, () -> "only " + with + " MiB of 64 are resident");
        }
    }

    @Test
    void ownersMayWriteMeanwhile() {
        AtomicBoolean done = new AtomicBoolean();
        try (SlabCache cache = builder().handles(false).build()) {
            cache.reserve(OBJECTS);
            Workers workers = new Workers().platform(() -> {
                for (int i = 0; i < 20; i++) {
                    cache.reserve(OBJECTS);
                }
                done.set(true);
            });
            workers.platform(() -> {
                for (int value = 0; !done.get(); value++) {
                    MemorySegment object = cache.allocate();
                    object.fill((byte) value);
                    byte expected = (byte) value;
                    assertEquals(-1, object.mismatch(MemorySegment.ofArray(filled(expected))));
                    cache.free(object);
                }
            });
            workers.platform(() -> {
                while (!done.get()) {
                    cache.shrink();
                }
            });
            workers.run();
        }
    }

    private static byte[] filled(byte value) {
        byte[] bytes = new byte[SIZE];
        Arrays.fill(bytes, value);
        return bytes;
    }

    @Test
    void theCacheMayBeClosedMeanwhile() {
        for (int i = 0; i < 10; i++) {
            SlabCache cache = builder().build();
            new Workers()
                    .platform(() -> {
                        try {
                            cache.reserve(400_000);
                        } catch (IllegalStateException e) {
                            assertSays(e.getMessage(), cache + " is closed");
                        }
                    })
                    .platform(cache::closeNow)
                    .run();
            assertEquals(0, cache.stats().reservedBytes());
        }
    }

    @Test
    void buildReserves() {
        ScriptedSource source = new ScriptedSource();
        try (SlabCache cache =
                builder().reserve(OBJECTS).memory(source).debug(Debug.REDZONES).build()) {
            assertTrue(cache.stats().totalObjects() >= OBJECTS);
            int made = source.made();
            cache.free(cache.allocate());
            assertEquals(made, source.made());
        }
        assertEquals(source.made(), source.closed());
    }

    @Test
    void aBuildWithoutMemoryGivesEverythingBack() {
        ScriptedSource source = new ScriptedSource();
        MemorySource arena = MemorySource.arena();
        source.next(arena).next(arena).next((bytes, alignment) -> {
            throw new OutOfMemoryError("planted");
        });
        LeakAudit audit = LeakAudit.begin();
        SlabCacheBuilder builder = builder().memory(source).reserve(OBJECTS).growAhead(10);
        OutOfMemoryError error = assertThrows(OutOfMemoryError.class, builder::build);
        assertSays(error.getMessage(), "planted");
        assertEquals(2, source.made());
        assertEquals(2, source.closed());
        assertEquals(List.of(), audit.end(name -> false), "no cache is left open");
    }

    @Test
    void moreThanTheBoundIsRefusedByBuild() {
        SlabCacheBuilder builder = builder().maxObjects(10).reserve(11);
        assertSays(
                assertThrows(IllegalArgumentException.class, builder::build).getMessage(),
                "reserve is 11; expected at most 10, the bound of the cache");
    }

    @Test
    void guardedObjectsAreAPartOfTheBound() {
        try (SlabCache cache = builder()
                .maxObjects(10_000)
                .slabBytes(64 << 10)
                .reserve(10_000)
                .guardedSampling(100)
                .build()) {
            assertTrue(cache.stats().totalObjects() > 9_000, cache.stats()::toString);
        }
    }
}

package io.slabcache.tests.sizes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.management.ThreadMXBean;
import io.slabcache.SlabAllocator;
import io.slabcache.SlabAllocatorBuilder;
import io.slabcache.SlabCache;
import io.slabcache.diagnostics.Checks;
import io.slabcache.memory.MemoryRegion;
import io.slabcache.memory.MemorySource;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** What an allocator takes from its memory source and from the heap, and gives back. */
class SizedMemoryTest {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final int CALLS = 1_000;
    private static final long SEGMENT_BYTES = 64;

    /** The smallest garbage of a few hundred rounds: the JVM itself makes some while it compiles. */
    private static long garbage(Runnable round) {
        assumeTrue(THREADS.isThreadAllocatedMemorySupported(), "this JVM does not count allocated bytes");
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 300; i++) {
            long before = THREADS.getCurrentThreadAllocatedBytes();
            round.run();
            least = Math.min(least, THREADS.getCurrentThreadAllocatedBytes() - before);
        }
        return least;
    }

    @Test
    void addressesMakeNoGarbage() {
        try (SlabAllocator allocator = SlabAllocator.builder("clean").build()) {
            long[] addresses = new long[CALLS];
            assertEquals(0, garbage(() -> {
                for (int i = 0; i < CALLS; i++) {
                    addresses[i] = allocator.allocateAddress(1 + i * 17 % 3_000);
                }
                for (int i = 0; i < CALLS; i++) {
                    allocator.freeAddress(addresses[i]);
                }
                allocator.allocateBulk(100, addresses, 0, CALLS);
                allocator.freeBulk(addresses, 0, CALLS);
            }));
        }
    }

    @Test
    void aSegmentIsOneObject() {
        try (SlabAllocator allocator = SlabAllocator.builder("clean").build()) {
            MemorySegment[] segments = new MemorySegment[CALLS];
            long bytes = garbage(() -> {
                for (int i = 0; i < CALLS; i++) {
                    segments[i] = allocator.allocate(1 + i * 17 % 3_000);
                }
                for (int i = 0; i < CALLS; i++) {
                    allocator.free(segments[i]);
                }
            });
            assertTrue(bytes <= CALLS * SEGMENT_BYTES, () -> bytes + " bytes for " + CALLS + " segments");
        }
    }

    /** Known bad: two objects for each segment. */
    @Test
    void aSecondObjectWouldBeFound() {
        try (SlabAllocator allocator = SlabAllocator.builder("wasteful").build()) {
            Object[] kept = new Object[2 * CALLS];
            long bytes = garbage(() -> {
                for (int i = 0; i < CALLS; i++) {
                    MemorySegment object = allocator.allocate(100);
                    kept[2 * i] = object;
                    kept[2 * i + 1] = object.asSlice(0, 50);
                    allocator.free(object);
                }
            });
            assertTrue(bytes > CALLS * SEGMENT_BYTES, () -> bytes + " bytes");
        }
    }

    @Test
    void aBoundIsForAllSizesTogether() {
        try (SlabAllocator allocator =
                SlabAllocator.builder("bounded").maxBytes(8 << 20).build()) {
            List<MemorySegment> objects = new ArrayList<>();
            OutOfMemoryError spent = assertThrows(OutOfMemoryError.class, () -> {
                while (true) {
                    objects.add(allocator.allocate(1_000));
                }
            });
            assertTrue(spent.getMessage().contains("budget"), spent::getMessage);
            assertThrows(OutOfMemoryError.class, () -> allocator.allocate(8 << 20));
            assertTrue(objects.size() > 4_000, () -> objects.size() + " objects");
            assertTrue(allocator.stats().reservedBytes() <= 8 << 20);
            objects.forEach(allocator::free);
            // The memory of one class serves another one, and large objects.
            MemorySegment other = allocator.allocate(40_000);
            MemorySegment large = allocator.allocate(2 << 20);
            allocator.free(other);
            allocator.free(large);
        }
    }

    @Test
    void whatIsGivenBackIsEverything() {
        AtomicLong open = new AtomicLong();
        MemorySource counted = (bytes, alignment) -> {
            MemoryRegion region = MemorySource.arena().allocate(bytes, alignment);
            open.incrementAndGet();
            return new MemoryRegion() {
                @Override
                public MemorySegment segment() {
                    return region.segment();
                }

                @Override
                public void close() {
                    region.close();
                    open.decrementAndGet();
                }
            };
        };
        SlabAllocator allocator =
                SlabAllocator.builder("counted").memory(counted).build();
        List<MemorySegment> objects = new ArrayList<>();
        for (long size = 1; size < 200_000; size *= 2) {
            objects.add(allocator.allocate(size));
        }
        assertTrue(open.get() > 10);
        objects.forEach(allocator::free);
        assertTrue(allocator.shrink() >= 0);
        allocator.shrink();
        allocator.close();
        assertEquals(0, open.get());
    }

    @Test
    void aFaultySourceIsRefused() {
        AtomicInteger calls = new AtomicInteger();
        MemorySource faulty = (bytes, alignment) -> {
            Arena arena = Arena.ofShared();
            return switch (calls.getAndIncrement()) {
                case 0 -> null;
                case 1 -> MemoryRegion.of(arena, arena.allocate(bytes / 2, alignment));
                case 2 ->
                    MemoryRegion.of(arena, arena.allocate(bytes, alignment).asReadOnly());
                case 3 ->
                    MemoryRegion.of(arena, arena.allocate(bytes + 16, alignment).asSlice(8));
                case 4 -> throw new OutOfMemoryError("planted");
                default -> MemoryRegion.of(arena, arena.allocate(bytes, alignment));
            };
        };
        try (SlabAllocator allocator =
                SlabAllocator.builder("faulty").memory(faulty).build()) {
            for (int i = 0; i < 4; i++) {
                assertThrows(IllegalStateException.class, () -> allocator.allocate(100_000, 64));
            }
            assertThrows(OutOfMemoryError.class, () -> allocator.allocate(100_000, 64));
            assertEquals(0, allocator.stats().liveObjects());
            assertEquals(0, allocator.stats().reservedBytes());
            allocator.free(allocator.allocate(100_000, 64));
        }
    }

    @Test
    void builderArgumentsAreChecked() {
        assertThrows(IllegalArgumentException.class, () -> SlabAllocator.builder(" "));
        assertThrows(NullPointerException.class, () -> SlabAllocator.builder(null));
        assertThrows(
                IllegalArgumentException.class,
                () -> SlabAllocator.builder("small").maxBytes(1_000));
        assertThrows(
                NullPointerException.class, () -> SlabAllocator.builder("null").memory(null));
        assertThrows(
                IllegalArgumentException.class,
                () -> SlabAllocator.builder("never").guardedSampling(0));
        assertThrows(
                IllegalArgumentException.class,
                () -> SlabAllocator.builder("now").trimAfter(java.time.Duration.ZERO));
        assertNotEquals(null, SlabAllocator.builder("good").maxBytes(1L << 30));
        SlabAllocatorBuilder unchecked =
                SlabAllocator.builder("unchecked").checks(Checks.NONE).guardedSampling(1);
        String expected = assertThrows(
                        IllegalArgumentException.class,
                        SlabCache.builder("unchecked", 64).checks(Checks.NONE).guardedSampling(1)::build)
                .getMessage();
        assertEquals(
                expected,
                assertThrows(IllegalArgumentException.class, unchecked::build).getMessage());
    }
}

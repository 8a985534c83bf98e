package io.slabcache.tests.sizes;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slabcache.SlabAllocator;
import io.slabcache.diagnostics.LiveObjectsException;
import io.slabcache.memory.MemoryRegion;
import io.slabcache.memory.MemorySource;
import io.slabcache.tests.support.OtherThread;
import io.slabcache.tests.support.ScriptedSource;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** A close that is refused is noticed by no thread but the one that has called it. */
class RefusedCloseTest {
    private static final long LARGE = 100_000;
    private static final int OBJECTS = 10;

    /** An arena's memory source that runs an action whenever a region goes back. */
    private static MemorySource source(Runnable atReturn) {
        return (bytes, alignment) -> {
            MemoryRegion region = MemorySource.arena().allocate(bytes, alignment);
            return new ScriptedSource.Region(region.segment(), () -> {
                region.close();
                atReturn.run();
            });
        };
    }

    /** Runs the action at the first call only. */
    private static Runnable once(AtomicReference<Runnable> action) {
        return () -> action.getAndSet(() -> {}).run();
    }

    /** Everything that allocates; returns what frees the objects. */
    private static List<Runnable> allocateAll(SlabAllocator allocator) {
        List<Runnable> frees = new ArrayList<>();
        for (long size : new long[] {1, 8, 16, 100, 5_000, LARGE}) {
            MemorySegment object = allocator.allocate(size);
            frees.add(() -> allocator.free(object));
            MemorySegment aligned = allocator.allocate(size, 512);
            frees.add(() -> allocator.free(aligned));
            long address = allocator.allocateAddress(size);
            frees.add(() -> allocator.freeAddress(address));
            long[] many = new long[5];
            allocator.allocateBulk(size, many, 0, 5);
            frees.add(() -> allocator.freeBulk(many, 0, 5));
        }
        Arena arena = allocator.sharedArena();
        arena.allocate(64);
        arena.allocate(LARGE);
        frees.add(arena::close);
        return frees;
    }

    /** The classes are closed one after the other; meanwhile, another thread allocates from those that were. */
    @Test
    void aThreadAllocatesWhileAnotherOneCloses() {
        AtomicReference<Runnable> atReturn = new AtomicReference<>(() -> {});
        List<Runnable> frees = new ArrayList<>();
        try (SlabAllocator allocator =
                SlabAllocator.builder("busy").memory(source(once(atReturn))).build()) {
            for (long size : new long[] {1, 100, 5_000, 60_000}) {
                allocator.free(allocator.allocate(size));
            }
            atReturn.set(() -> OtherThread.run(() -> frees.addAll(allocateAll(allocator))));
            LiveObjectsException refused = assertThrows(LiveObjectsException.class, allocator::close);
            assertTrue(refused.liveObjects() > 0);
            assertEquals(6 * 4 + 1, frees.size());
            frees.addAll(allocateAll(allocator));
            OtherThread.run(() -> frees.forEach(Runnable::run));
            assertEquals(0, allocator.stats().liveObjects());
        }
    }

    /** The thread that closes may come back by its memory source. */
    @Test
    void theClosingThreadAllocates() {
        AtomicReference<Runnable> atReturn = new AtomicReference<>(() -> {});
        List<Runnable> frees = new ArrayList<>();
        try (SlabAllocator allocator =
                SlabAllocator.builder("again").memory(source(once(atReturn))).build()) {
            allocator.free(allocator.allocate(100));
            atReturn.set(() -> frees.addAll(allocateAll(allocator)));
            assertThrows(LiveObjectsException.class, allocator::close);
            frees.forEach(Runnable::run);
        }
    }

    /** The magazines of a class that is being closed still have the addresses of memory that another class has now. */
    @Test
    void anotherClassGetsTheMemory() {
        AtomicReference<Runnable> atReturn = new AtomicReference<>(() -> {});
        List<Runnable> frees = new ArrayList<>();
        try (SlabAllocator allocator = SlabAllocator.builder("memory")
                .memory(sameMemory(once(atReturn)))
                .build()) {
            allocate(allocator).forEach(allocator::freeAddress);
            atReturn.set(() -> frees.addAll(allocateBoth(allocator)));
            assertThrows(LiveObjectsException.class, allocator::close);
            frees.forEach(Runnable::run);
            assertEquals(0, allocator.stats().liveObjects());
        }
    }

    private static List<Long> allocate(SlabAllocator allocator) {
        return LongStream.range(0, OBJECTS)
                .mapToObj(object -> allocator.allocateAddress(96))
                .toList();
    }

    /** Objects of two classes; returns what frees them. No two of them may overlap. */
    private static List<Runnable> allocateBoth(SlabAllocator allocator) {
        TreeMap<Long, Long> ends = new TreeMap<>();
        List<Runnable> frees = new ArrayList<>();
        for (int i = 0; i < OBJECTS; i++) {
            for (long size : new long[] {96, 48}) {
                long address = allocator.allocateAddress(size);
                ends.put(address, address + size);
                frees.add(() -> allocator.freeAddress(address));
                MemorySegment object = allocator.allocate(size);
                ends.put(object.address(), object.address() + size);
                frees.add(() -> allocator.free(object));
            }
        }
        assertEquals(4 * OBJECTS, ends.size(), "an object has two owners");
        ends.forEach((start, end) -> assertTrue(ends.floorKey(end - 1).equals(start), "two objects overlap"));
        return frees;
    }

    /** The closing thread frees what another thread has allocated from a new class, in the memory of the old one. */
    @Test
    void theClosingThreadFreesObjectsOfANewClass() {
        AtomicReference<Runnable> atReturn = new AtomicReference<>(() -> {});
        try (SlabAllocator allocator =
                SlabAllocator.builder("new").memory(sameMemory(once(atReturn))).build()) {
            // The magazines of this thread have room, because another one frees.
            List<Long> old = allocate(allocator);
            OtherThread.run(() -> old.forEach(allocator::freeAddress));
            atReturn.set(() -> {
                List<Long> objects = new ArrayList<>();
                OtherThread.run(() -> objects.addAll(allocate(allocator)));
                objects.forEach(allocator::freeAddress);
            });
            assertDoesNotThrow(allocator::close);
            assertEquals(0, allocator.stats().liveObjects());
        }
    }

    /** Gives each class the memory that the one before has just returned. */
    private static MemorySource sameMemory(Runnable atReturn) {
        ArrayDeque<MemorySegment> returned = new ArrayDeque<>();
        return (bytes, alignment) -> {
            MemorySegment free = returned.poll();
            MemorySegment segment = free != null && free.byteSize() >= bytes
                    ? free
                    : Arena.ofAuto().allocate(1 << 20, 4_096);
            return new ScriptedSource.Region(segment, () -> {
                returned.add(segment);
                atReturn.run();
            });
        };
    }

    /** A close that leaves memory to a native call is one nevertheless; so is one whose source fails. */
    @Test
    void anAllocatorWithMemoryThatCouldNotGoBackIsClosed() {
        AtomicInteger attempts = new AtomicInteger();
        AtomicInteger open = new AtomicInteger();
        MemorySource held = (bytes, alignment) -> {
            MemoryRegion region = MemorySource.arena().allocate(bytes, alignment);
            open.incrementAndGet();
            return new ScriptedSource.Region(region.segment(), () -> {
                switch (attempts.incrementAndGet()) {
                    case 1 -> throw new IllegalStateException("a native call uses it");
                    case 2 -> throw new OutOfMemoryError("planted");
                    default -> {
                        region.close();
                        open.decrementAndGet();
                    }
                }
            });
        };
        SlabAllocator allocator = SlabAllocator.builder("held").memory(held).build();
        allocator.free(allocator.allocate(100));
        assertThrows(IllegalStateException.class, allocator::close);
        assertNotNull(assertThrows(IllegalStateException.class, () -> allocator.allocate(100))
                .getMessage());
        assertThrows(OutOfMemoryError.class, allocator::close);
        assertEquals(1, open.get());
        allocator.close();
        assertEquals(0, open.get());
    }
}

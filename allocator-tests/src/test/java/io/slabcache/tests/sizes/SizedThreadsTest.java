package io.slabcache.tests.sizes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.slabcache.SlabAllocator;
import io.slabcache.tests.support.Workers;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Threads exchange objects of all sizes, and free what others allocated. Each object keeps its owner's number. */
class SizedThreadsTest {
    private static final int THREADS = 4;
    private static final int STEPS = 60_000;
    private static final int PLACES = 512;

    /** Puts new objects in random places of a common array, and frees what was there. */
    private static void exchange(
            int seed,
            int steps,
            AtomicReferenceArray<MemorySegment> places,
            LongFunction<MemorySegment> allocate,
            Consumer<MemorySegment> free) {
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < steps; i++) {
            long size = 16 + random.nextLong(1L << random.nextInt(4, 13));
            MemorySegment object = allocate.apply(size);
            object.set(ValueLayout.JAVA_LONG_UNALIGNED, 0, object.address());
            object.set(ValueLayout.JAVA_LONG_UNALIGNED, size - 8, object.address());
            MemorySegment before = places.getAndSet(random.nextInt(PLACES), object);
            if (before != null) {
                check(before);
                free.accept(before);
            }
        }
    }

    private static void check(MemorySegment object) {
        assertEquals(object.address(), object.get(ValueLayout.JAVA_LONG_UNALIGNED, 0), "the first bytes");
        assertEquals(
                object.address(),
                object.get(ValueLayout.JAVA_LONG_UNALIGNED, object.byteSize() - 8),
                () -> "the last of " + object.byteSize() + " bytes");
    }

    private static void run(int steps, LongFunction<MemorySegment> allocate, Consumer<MemorySegment> free) {
        AtomicReferenceArray<MemorySegment> places = new AtomicReferenceArray<>(PLACES);
        Workers workers = new Workers();
        for (int i = 0; i < THREADS; i++) {
            int seed = i;
            if (i == THREADS - 1) {
                workers.virtual(() -> exchange(seed, steps, places, allocate, free));
            } else {
                workers.platform(() -> exchange(seed, steps, places, allocate, free));
            }
        }
        workers.run();
        for (int i = 0; i < PLACES; i++) {
            MemorySegment left = places.get(i);
            if (left != null) {
                check(left);
                free.accept(left);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void noObjectHasTwoOwners(Kind kind) {
        try (SlabAllocator allocator = kind.builder("shared").build()) {
            run(
                    kind == Kind.CHECKED || kind == Kind.UNCHECKED ? STEPS : STEPS / 20,
                    allocator::allocate,
                    allocator::free);
            assertEquals(0, allocator.stats().liveObjects());
            assertEquals(0, allocator.stats().misuses());
        }
    }

    /** Known bad: an object is freed before its last owner is done. */
    @Test
    void anObjectThatIsFreedTooEarlyIsCaught() {
        try (SlabAllocator allocator = Kind.UNCHECKED.builder("early").build()) {
            LongFunction<MemorySegment> early = size -> {
                MemorySegment object = allocator.allocate(size);
                allocator.free(object);
                return object;
            };
            assertThrows(AssertionError.class, () -> run(STEPS, early, object -> {}));
        }
    }

    @Test
    void classesAreMadeByManyThreadsAtOnce() {
        for (int round = 0; round < 20; round++) {
            try (SlabAllocator allocator = Kind.CHECKED.builder("first").build()) {
                Workers workers = new Workers();
                for (int i = 0; i < THREADS; i++) {
                    workers.platform(() -> {
                        for (long size = 8; size <= 4_096; size *= 2) {
                            allocator.free(allocator.allocate(size));
                        }
                    });
                }
                workers.run();
                assertEquals(9, allocator.stats().classes().size());
                assertEquals(0, allocator.stats().liveObjects());
            }
        }
    }

    /** Other calls end, or say that the allocator is closed; nothing is left open. */
    @Test
    void aCloseAmidAllocations() {
        for (int round = 0; round < 20; round++) {
            SlabAllocator allocator = Kind.CHECKED.builder("closing").build();
            Workers workers = new Workers();
            for (int i = 0; i < 2; i++) {
                int seed = i;
                workers.platform(() -> {
                    SplittableRandom random = new SplittableRandom(seed);
                    while (true) {
                        try {
                            allocator.free(allocator.allocate(random.nextLong(100_000)));
                        } catch (IllegalStateException e) {
                            return;
                        }
                    }
                });
            }
            workers.platform(() -> {
                Thread.sleep(3);
                allocator.closeNow();
            });
            workers.run();
            assertThrows(IllegalStateException.class, () -> allocator.allocate(1));
            assertEquals(0, allocator.stats().reservedBytes());
            assertEquals(0, allocator.stats().liveObjects());
        }
    }
}

package io.slabcache.bench.latency;

import io.slabcache.bench.slots.SlotAllocator;
import java.util.SplittableRandom;
import java.util.function.LongSupplier;

/**
 * Fills an allocator with objects at a steady rate. For each four of them, a random one is freed and allocated again.
 *
 * <p>{@link #allocations}, {@link #frees} and {@link #touches} count from the time at which a call was due, as {@link Pace}
 * says; {@link #calls} only the allocating calls themselves.
 */
final class GrowthLoad {

    /** Four objects more, one free, and one allocation in its place. */
    private static final int CYCLE = 6;

    private static final int GROWTH_OF_CYCLE = 4;

    private static final int SEED = 14;

    final Times allocations = new Times();
    final Times touches = new Times();
    final Times frees = new Times();
    final Times calls = new Times();
    final Times gaps = new Times();

    private final SlotAllocator allocator;
    private final LongSupplier clock;
    private final SplittableRandom random = new SplittableRandom(SEED);
    private int live;

    GrowthLoad(SlotAllocator allocator, LongSupplier clock) {
        this.allocator = allocator;
        this.clock = clock;
    }

    /**
     * Returns the time between operations.
     *
     * @param objectsPerSecond by which the live set grows; 0 for as fast as possible
     */
    static double intervalNanos(double objectsPerSecond) {
        return objectsPerSecond == 0 ? 0 : 1e9 * GROWTH_OF_CYCLE / (objectsPerSecond * CYCLE);
    }

    /**
     * Grows to a number of objects.
     *
     * @param objects a multiple of 4
     * @param longestNanos after which it stops where it is
     * @return how long it took
     */
    long grow(int objects, double intervalNanos, long longestNanos) {
        Pace pace = new Pace(clock, intervalNanos, gaps);
        for (long first = 0; live < objects && pace.elapsed() < longestNanos; first += CYCLE) {
            for (int i = 0; i < GROWTH_OF_CYCLE; i++) {
                allocate(live++, pace.await(first + i));
            }
            int victim = random.nextInt(live);
            free(victim, pace.await(first + GROWTH_OF_CYCLE));
            allocate(victim, pace.await(first + GROWTH_OF_CYCLE + 1));
        }
        return pace.elapsed();
    }

    /** The first touch may take a page fault. It is measured apart, but delays what comes later, as it does in a program. */
    private void allocate(int slot, long due) {
        long start = clock.getAsLong();
        allocator.allocate(slot);
        long end = clock.getAsLong();
        allocator.write(slot, end);
        touches.record(clock.getAsLong() - due);
        allocations.record(end - due);
        calls.record(end - start);
    }

    private void free(int slot, long due) {
        allocator.free(slot);
        frees.record(clock.getAsLong() - due);
    }

    /**
     * Frees everything, as fast as possible.
     *
     * @param longestNanos after which it stops where it is
     * @return how long it took
     */
    long freeAll(long longestNanos) {
        long start = clock.getAsLong();
        while (live > 0 && clock.getAsLong() - start < longestNanos) {
            for (int i = 0; i < GROWTH_OF_CYCLE; i++) {
                allocator.free(--live);
            }
        }
        return clock.getAsLong() - start;
    }

    /** Returns the number of objects now. */
    int live() {
        return live;
    }
}

package io.slabcache.tests.sizes;

import io.slabcache.SlabAllocator;
import io.slabcache.SlabCache;
import io.slabcache.nio.ByteBufferPool;
import io.slabcache.tests.soak.StackSweep;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import java.util.function.LongUnaryOperator;

/**
 * The program that {@link AllocationOverflowTest} runs: allocates at every depth of the stack from no room on, from
 * magazines with objects of several slabs, and from magazines so small that most calls swap them or go further. Prints for
 * each way how often the stack overflowed, and the objects that are live although no allocation returned them.
 */
final class AllocationOverflows {
    private static final int ROUNDS = 300;

    /** A slab has 256 of them, or fewer. */
    private static final int SIZE = 4_000;

    private static final int OBJECTS = 600;
    private static final int MOST_HELD = 5;
    private static final int MOST_SHIFT = 16;

    /** More than an allocation has. */
    private static final int MOST_FRAMES = 50;

    private final StackSweep sweep = new StackSweep();
    private final Random random = new Random(1);
    private long handedOut;

    /** A view that was handed out; its address is asked for with stack to spare. */
    private static ByteBuffer view;

    private AllocationOverflows() {}

    /** Takes "good" or "bad". */
    public static void main(String[] arguments) throws InterruptedException {
        boolean isBad = arguments[0].equals("bad");
        try (SlabAllocator sized = SlabAllocator.builder("edge").build();
                SlabCache cache = SlabCache.builder("edge", SIZE)
                        .slabBytes(1 << 20)
                        .magazineCapacity(256)
                        .build();
                SlabCache swapping =
                        SlabCache.builder("swapping", 64).magazineCapacity(4).build()) {
            LongSupplier sizedAllocation = () -> sized.allocateAddress(SIZE);
            run(
                    "sized address",
                    isBad ? losing(sizedAllocation) : sizedAllocation,
                    sized::freeAddress,
                    () -> sized.stats().liveObjects());
            run(
                    "sized segment",
                    () -> sized.allocate(SIZE).address(),
                    sized::freeAddress,
                    () -> sized.stats().liveObjects());
            run(
                    "aligned address",
                    () -> sized.allocateAddress(40, 4_096),
                    sized::freeAddress,
                    () -> sized.stats().liveObjects());
            run(
                    "cache address",
                    cache::allocateAddress,
                    cache::freeAddress,
                    () -> cache.stats().liveObjects());
            run(
                    "cache segment",
                    () -> cache.allocate().address(),
                    cache::freeAddress,
                    () -> cache.stats().liveObjects());
            run(
                    "cached address",
                    cache::tryAllocateAddressCached,
                    address -> freeIfAny(cache, address),
                    () -> cache.stats().liveObjects());
            ByteBufferPool views = ByteBufferPool.of(cache);
            LongSupplier viewAllocation = () -> {
                view = views.allocate();
                return 0;
            };
            run(
                    "view",
                    viewAllocation,
                    none -> MemorySegment.ofBuffer(view).address(),
                    cache::freeAddress,
                    () -> cache.stats().liveObjects());
            run(
                    "swaps",
                    swapping::allocateAddress,
                    swapping::freeAddress,
                    () -> swapping.stats().liveObjects());
            sized.closeNow();
            cache.closeNow();
            swapping.closeNow();
        }
    }

    /** A thread whose magazines are empty has got nothing. */
    private static void freeIfAny(SlabCache cache, long address) {
        if (address != 0) {
            cache.freeAddress(address);
        }
    }

    /** Known bad: needs more stack after the object was taken. */
    private static LongSupplier losing(LongSupplier allocation) {
        return () -> identity(allocation.getAsLong(), MOST_FRAMES);
    }

    private static long identity(long address, int frames) {
        return frames == 0 ? address : identity(address, frames - 1);
    }

    private static void run(String name, LongSupplier allocation, LongConsumer free, LongSupplier live)
            throws InterruptedException {
        run(name, allocation, LongUnaryOperator.identity(), free, live);
    }

    private static void run(
            String name, LongSupplier allocation, LongUnaryOperator address, LongConsumer free, LongSupplier live)
            throws InterruptedException {
        AllocationOverflows program = new AllocationOverflows();
        String trouble = SmallStack.run(() -> program.allocateAll(allocation, address, free));
        System.out.println(name + ": overflows " + program.sweep.overflows() + ", lost " + live.getAsLong() + trouble);
    }

    private void allocateAll(LongSupplier allocation, LongUnaryOperator address, LongConsumer free) {
        for (int round = 0; round < 3; round++) {
            List<Long> objects = new ArrayList<>();
            for (int i = 0; i < OBJECTS; i++) {
                objects.add(address.applyAsLong(allocation.getAsLong()));
            }
            Collections.shuffle(objects, random);
            objects.forEach(free::accept);
        }
        Deque<Long> held = new ArrayDeque<>();
        for (int round = 0; round < ROUNDS; round++) {
            sweep.run(random.nextInt(MOST_SHIFT), () -> handedOut = allocation.getAsLong());
            held.add(address.applyAsLong(handedOut));
            while (held.size() > MOST_HELD) {
                // The oldest, so that objects of several slabs take turns.
                free.accept(held.remove());
            }
        }
        held.forEach(free::accept);
    }
}

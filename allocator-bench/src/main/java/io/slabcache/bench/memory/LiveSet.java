package io.slabcache.bench.memory;

import io.slabcache.bench.slots.SlotAllocator;
import java.util.SplittableRandom;
import java.util.function.IntConsumer;

/** The objects that a load holds; it writes to each, frees them in random order, and tells their number from time to time. */
final class LiveSet {

    private static final int SEED = 14;
    private static final int TELL_EVERY = 1_024;

    private final SlotAllocator allocator;
    private final IntConsumer listener;
    private final SplittableRandom random = new SplittableRandom(SEED);

    /** All slots; the first {@link #live} of them are in use. */
    private final int[] slots;

    private int live;

    LiveSet(SlotAllocator allocator, int objects, IntConsumer listener) {
        this.allocator = allocator;
        this.listener = listener;
        this.slots = new int[objects];
        for (int i = 0; i < objects; i++) {
            slots[i] = i;
        }
    }

    void growTo(int objects) {
        while (live < objects) {
            allocate(slots[live++]);
            tell();
        }
        listener.accept(live);
    }

    /** Frees objects at random until so many are left. */
    void freeTo(int objects) {
        while (live > objects) {
            int chosen = random.nextInt(live);
            int slot = slots[chosen];
            slots[chosen] = slots[--live];
            slots[live] = slot;
            allocator.free(slot);
            tell();
        }
        listener.accept(live);
    }

    /** Frees objects at random and allocates each again. */
    void replace(int times) {
        for (int i = 0; i < times; i++) {
            int slot = slots[random.nextInt(live)];
            allocator.free(slot);
            allocate(slot);
        }
    }

    void replaceFor(long nanos) {
        long start = System.nanoTime();
        while (System.nanoTime() - start < nanos) {
            replace(TELL_EVERY);
        }
    }

    private void allocate(int slot) {
        allocator.allocate(slot);
        allocator.write(slot, slot);
    }

    private void tell() {
        if (live % TELL_EVERY == 0) {
            listener.accept(live);
        }
    }
}

package io.slabcache.bench.sizes;

import io.slabcache.bench.subject.AddressStack;
import io.slabcache.bench.subject.Limit;
import io.slabcache.bench.workload.PartOf;
import io.slabcache.bench.workload.Workload;

/**
 * The limit of allocators of all sizes: an {@link AddressStack} for each size class, in addresses that tell their class. The
 * classes are those of a {@code SlabAllocator}. Each thousand replacements make the calls of one stack for "empty" and
 * "full".
 */
@PartOf(
        value = Limit.class,
        workloads = {Workload.SIZES_128, Workload.SIZES_10K})
public class MixedLimit extends MixedAddresses {
    /** The step between sizes up to 64 bytes. */
    private static final int STEP = 8;

    private static final int SMALLEST = 16;
    private static final int CLASSES_PER_DOUBLING = 4;
    private static final int LARGEST = 4_096;

    /** Of each class: more than the workloads have live. */
    private static final int OBJECTS = 16_384;

    /** Each class has addresses of its own, which differ in the bits above these. */
    private static final int CLASS_SHIFT = 32;

    /** The class of each size, by steps of 8 bytes. */
    private final byte[] classes = new byte[LARGEST / STEP + 1];

    private AddressStack[] stacks;
    private int next;

    @Override
    protected void open() {
        int count = 0;
        int filled = 0;
        for (int size = SMALLEST; size <= LARGEST; size += distance(size)) {
            while (filled * STEP <= size) {
                classes[filled++] = (byte) count;
            }
            count++;
        }
        stacks = new AddressStack[count];
        for (int i = 0; i < count; i++) {
            stacks[i] = new AddressStack(OBJECTS, SMALLEST, (long) i << CLASS_SHIFT);
        }
    }

    /** Returns how many bytes the next class has more than that of a size. */
    private static int distance(int size) {
        return Math.max(STEP, Integer.highestOneBit(size) / CLASSES_PER_DOUBLING);
    }

    @Override
    protected long take(int size) {
        return stacks[classes[size + STEP - 1 >> 3]].pop();
    }

    @Override
    protected void give(long address) {
        stacks[(int) (address >>> CLASS_SHIFT)].push(address);
    }

    @Override
    protected void beforeTurns() {
        stacks[next].callBoth();
        next = (next + 1) % stacks.length;
    }
}

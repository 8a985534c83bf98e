package io.slabcache.bench.subject;

import io.slabcache.bench.workload.AddressReplace;
import io.slabcache.bench.workload.PartOf;
import io.slabcache.bench.workload.Workload;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * {@link Limit} where objects are written: an {@link AddressStack} over real memory, whose calls for "empty" and "full"
 * each burst and each thousand replacements make once.
 *
 * <p>{@code java -jar allocator-bench.jar jmh 'LimitOfBursts\.(burst|replace)'}
 */
@PartOf(
        value = Limit.class,
        workloads = {Workload.BURST_32, Workload.BURST_1000, Workload.REPLACE_10K, Workload.REPLACE_1M})
public class LimitOfBursts extends AddressReplace {

    /** The objects that are free beside a live set: as few as a program needs that frees one before it takes one. */
    private static final int SPARE = 2;

    private AddressStack stack;
    private int burst;

    @Override
    protected void open() {
        stack = new AddressStack(SPARE, objectSize, block(SPARE + 1));
    }

    private long block(int objects) {
        MemorySegment block = Arena.global().allocate((long) objects * objectSize, 64);
        return block.address();
    }

    @Override
    protected long take() {
        return stack.pop();
    }

    @Override
    protected void give(long address) {
        stack.push(address);
    }

    @Override
    protected void takeMany(long[] addresses, int count) {
        if (count != burst) {
            burst = count;
            stack = new AddressStack(count - 1, objectSize, block(count));
        }
        super.takeMany(addresses, count);
    }

    @Override
    protected void takeLive(long[] addresses) {
        long first = block(addresses.length);
        for (int i = 0; i < addresses.length; i++) {
            addresses[i] = first + (long) i * objectSize;
        }
        // A program that frees one and takes one finds neither an empty nor a full stack.
        stack.pop();
    }

    @Override
    protected void beforeTurns() {
        stack.callBoth();
    }

    @Override
    protected void giveLive(long[] addresses) {}

    /** Returns how many calls for "empty" and "full" there were. */
    long calls() {
        return stack.calls();
    }
}

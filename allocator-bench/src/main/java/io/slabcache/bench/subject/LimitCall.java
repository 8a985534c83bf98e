package io.slabcache.bench.subject;

import io.slabcache.bench.workload.AddressBatch;
import io.slabcache.bench.workload.Subject;
import org.openjdk.jmh.annotations.CompilerControl;

/**
 * The limit of allocators whose magazine may be empty: pop and push on a plain array of addresses, with a reachable call for
 * the empty and the full array. With such a call in the loop, the compiler keeps the size in memory, and each pop waits for
 * the store before it. {@link Limit} has no such call.
 *
 * <p>{@code java -jar allocator-bench.jar jmh 'LimitCall\.' -prof gc}
 */
@Subject(
        id = "limit-call",
        group = Subject.Group.LIMIT,
        about = "pop and push on a plain long[], with a reachable call for \"empty\" and \"full\"")
public class LimitCall extends AddressBatch {
    /** Calls for "empty" and "full" before measuring: the compiler omits branches that were never taken. */
    private static final int REHEARSALS = 50_000;

    private long[] stack;
    private int size;
    private long refilled;

    @Override
    protected void open() {
        stack = new long[POOLED_OBJECTS];
        long[] all = new long[POOLED_OBJECTS];
        for (int i = 0; i < REHEARSALS; i++) {
            size = 0;
            all[i % POOLED_OBJECTS] = take();
            size = stack.length;
            give(all[i % POOLED_OBJECTS]);
        }
        size = 0;
        while (size < POOLED_OBJECTS) {
            stack[size++] = 0x10_0000L + (long) size * objectSize;
        }
    }

    @Override
    protected long take() {
        int top = size - 1;
        if (Integer.compareUnsigned(top, stack.length) >= 0) {
            return takeSlow();
        }
        size = top;
        return stack[top];
    }

    @Override
    protected void give(long address) {
        int top = size;
        if (Integer.compareUnsigned(top, stack.length) >= 0) {
            giveSlow(address);
            return;
        }
        stack[top] = address;
        size = top + 1;
    }

    @CompilerControl(CompilerControl.Mode.DONT_INLINE)
    private long takeSlow() {
        size = 0;
        return ++refilled;
    }

    @CompilerControl(CompilerControl.Mode.DONT_INLINE)
    private void giveSlow(long address) {
        refilled += address;
    }
}

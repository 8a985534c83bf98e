package io.slabcache.bench.subject;

import io.slabcache.bench.workload.AddressBatch;
import io.slabcache.bench.workload.Subject;

/**
 * The limit of allocators whose magazine may be empty: an {@link AddressStack}. {@link Limit} has no call for "empty" in
 * its loop. A batch holds one object more than the stack, so it makes the calls. A pair makes none.
 *
 * <p>{@code java -jar allocator-bench.jar jmh 'LimitCall\.' -prof gc}
 */
@Subject(
        id = "limit-call",
        group = Subject.Group.LIMIT,
        about = "pop and push on a plain long[]; each batch calls once for \"empty\" and once for \"full\"",
        lacks = "only these can empty and overfill it")
public class LimitCall extends AddressBatch {
    private AddressStack stack;
    private int batch;

    @Override
    protected void open() {
        stack = new AddressStack(POOLED_OBJECTS, objectSize);
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
        if (count != batch) {
            batch = count;
            stack = new AddressStack(count - 1, objectSize);
        }
        super.takeMany(addresses, count);
    }

    /** Returns how many calls for "empty" and "full" there were. */
    long calls() {
        return stack.calls();
    }
}

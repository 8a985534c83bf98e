package io.slabcache.bench.subject;

import io.slabcache.bench.workload.AddressBounded;
import io.slabcache.bench.workload.PartOf;
import io.slabcache.bench.workload.Workload;

/** {@link Limit}: an {@link AddressStack} for each thread, whose calls for "empty" and "full" each burst makes once. */
@PartOf(
        value = Limit.class,
        workloads = {Workload.BOUNDED_1, Workload.BOUNDED_2, Workload.BOUNDED_4, Workload.BOUNDED_8})
public class BoundedLimit extends AddressBounded {

    private AddressStack stack;

    @Override
    protected void open() {
        stack = new AddressStack(BURST - 1, objectSize);
    }

    @Override
    protected long take() {
        return stack.pop();
    }

    @Override
    protected void give(long address) {
        stack.push(address);
    }

    /** Returns how many calls for "empty" and "full" there were. */
    long calls() {
        return stack.calls();
    }
}

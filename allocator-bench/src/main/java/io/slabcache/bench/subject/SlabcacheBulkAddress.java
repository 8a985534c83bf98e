package io.slabcache.bench.subject;

import io.slabcache.LocalCache;
import io.slabcache.bench.workload.Subject;

/**
 * Raw addresses from each thread's {@link LocalCache}, allocated and freed a batch at a time by bulk calls. The pair
 * uses single calls, as the reference for the batches. In the hand-over both threads have a burst of their own, as
 * between network drivers: each call of the sender or the receiver handles {@value Burst#SIZE} objects.
 *
 * <p>{@code java -jar allocator-bench.jar jmh 'SlabcacheBulkAddress\.' -prof gc}
 */
@Subject(
        id = "slabcache-bulk-address",
        group = Subject.Group.SLABCACHE,
        about = "LocalCache, raw addresses, standard checks, one bulk call per batch; handover: 32 objects per call",
        lacks = "each thread would need a LocalCache of its own, as the two of a hand-over have")
public class SlabcacheBulkAddress extends SlabcacheLocalAddress {

    /** Allocated and not yet sent; owned by the measuring thread. */
    private final Burst taken = new Burst();

    /** Received and not yet freed; owned by the second thread, while there is one. */
    private final Burst received = new Burst();

    @Override
    protected void takeMany(long[] addresses, int count) {
        takeMany(addresses, 0, count);
    }

    private void takeMany(long[] addresses, int offset, int count) {
        if (!local.allocateBulk(addresses, offset, count)) {
            throw new IllegalStateException("a cache without a bound gave no " + count + " objects");
        }
    }

    @Override
    protected void giveMany(long[] addresses, int count) {
        local.freeBulk(addresses, 0, count);
    }

    @Override
    protected long send() {
        if (taken.count() == 0) {
            takeMany(taken.array(), Burst.FIRST, Burst.SIZE);
            taken.setCount(Burst.SIZE);
        }
        return taken.remove();
    }

    @Override
    protected void receive(long address) {
        received.add(address);
        if (received.count() == Burst.SIZE) {
            giveBack(received, other);
        }
    }

    private static void giveBack(Burst burst, LocalCache into) {
        into.freeBulk(burst.array(), Burst.FIRST, burst.count());
        burst.setCount(0);
    }

    @Override
    protected void close() {
        giveBack(taken, local);
        giveBack(received, local);
        super.close();
    }
}

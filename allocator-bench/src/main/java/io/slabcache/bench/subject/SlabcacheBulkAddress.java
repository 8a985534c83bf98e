package io.slabcache.bench.subject;

import io.slabcache.LocalCache;
import io.slabcache.bench.workload.Subject;

/**
 * Raw addresses from the {@link LocalCache} that each thread keeps, each batch by one call and
 * given back by another. The pair is that of single calls, with which the batches are compared. In the
 * hand-over both threads have a burst of their own, as between network drivers: the sender takes and
 * the receiver gives back {@value Burst#SIZE} objects by one call.
 *
 * <p>{@code java -jar allocator-bench.jar jmh 'SlabcacheBulkAddress\.' -prof gc}
 */
@Subject(
        id = "slabcache-bulk-address",
        group = Subject.Group.SLABCACHE,
        about = "LocalCache, raw addresses, standard checks, batches by one bulk call each; handover: 32 by each call")
public class SlabcacheBulkAddress extends SlabcacheLocalAddress {

    /** What is taken and not sent yet: the measuring thread's. */
    private final Burst taken = new Burst();

    /** What is received and not given back yet: the second thread's, while there is one. */
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

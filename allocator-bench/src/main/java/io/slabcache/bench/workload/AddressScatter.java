package io.slabcache.bench.workload;

import java.util.Random;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;

/**
 * Of ten million objects, gives back 64 anywhere among them and takes as many again: what a store does
 * with long-lived entries. Little that belongs to an object is in a cache of the processor when its
 * turn comes. The score is per pair of giving and
 * taking, and includes finding the address among those of all and putting the new one there.
 *
 * <p>{@code java -jar allocator-bench.jar jmh '\.scattered$' -p objectSize=64}
 */
public abstract class AddressScatter extends AddressBatch {

    private static final int OBJECTS = 10_000_000;
    private static final int BURST = 64;

    private final long[] burst = new long[BURST];
    private long[] live;

    /** Each object once, in an order that is the same in each run. */
    private int[] order;

    private int next;

    /** The objects are taken by the first call, so that the other workloads run without them. */
    @Benchmark
    @OperationsPerInvocation(BURST)
    public long[] scattered() {
        if (live == null) {
            populate();
        }
        int from = nextBurst();
        long[] burst = this.burst;
        for (int i = 0; i < BURST; i++) {
            burst[i] = live[order[from + i]];
        }
        giveScattered(burst, BURST);
        takeScattered(burst, BURST);
        for (int i = 0; i < BURST; i++) {
            live[order[from + i]] = burst[i];
        }
        return burst;
    }

    private int nextBurst() {
        if (next + BURST > OBJECTS) {
            next = 0;
        }
        int from = next;
        next += BURST;
        return from;
    }

    private void populate() {
        order = shuffled(OBJECTS);
        live = new long[OBJECTS];
        takeAll(live);
    }

    private static int[] shuffled(int count) {
        Random random = new Random(count);
        int[] shuffled = new int[count];
        for (int i = 0; i < count; i++) {
            int other = random.nextInt(i + 1);
            shuffled[i] = shuffled[other];
            shuffled[other] = i;
        }
        return shuffled;
    }

    /** Takes all that are to be live. */
    protected void takeAll(long[] addresses) {
        for (int i = 0; i < addresses.length; i++) {
            addresses[i] = take();
        }
    }

    /** Gives back what lies anywhere among the live objects. */
    protected void giveScattered(long[] addresses, int count) {
        giveMany(addresses, count);
    }

    /** Takes as many again. */
    protected void takeScattered(long[] addresses, int count) {
        takeMany(addresses, count);
    }

    /** Gives back all that are live. */
    protected void giveAll(long[] addresses) {
        for (long address : addresses) {
            give(address);
        }
    }

    @Override
    void stopHelpers() {
        if (live != null) {
            giveAll(live);
            live = null;
        }
    }
}

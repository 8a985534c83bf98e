package io.slabcache.bench.workload;

import java.util.Random;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;

/**
 * Of ten million objects, frees 64 at random and allocates as many again, like a store with long-lived entries. The
 * data of an object is rarely in a processor cache when it is needed. The score is per pair of free and allocation, and
 * includes reading the old address and storing the new one.
 *
 * <p>{@code java -jar allocator-bench.jar jmh '\.scattered$' -p objectSize=64}
 */
public abstract class AddressScatter extends AddressReplace {

    private static final int OBJECTS = Workload.HUGE_SET;
    private static final int BURST = 64;

    private final long[] burst = new long[BURST];
    private long[] live;

    /** Each object once, in an order that is the same in each run. */
    private int[] order;

    private int next;

    /** The first call allocates the objects, so the other workloads run without them. */
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

    /** Allocates all objects that stay live. */
    protected void takeAll(long[] addresses) {
        for (int i = 0; i < addresses.length; i++) {
            addresses[i] = take();
        }
    }

    /** Frees random live objects. */
    protected void giveScattered(long[] addresses, int count) {
        giveMany(addresses, count);
    }

    /** Allocates as many again. */
    protected void takeScattered(long[] addresses, int count) {
        takeMany(addresses, count);
    }

    /** Frees all live objects. */
    protected void giveAll(long[] addresses) {
        for (long address : addresses) {
            give(address);
        }
    }

    @Override
    void stopHelpers() {
        super.stopHelpers();
        if (live != null) {
            giveAll(live);
            live = null;
        }
    }
}

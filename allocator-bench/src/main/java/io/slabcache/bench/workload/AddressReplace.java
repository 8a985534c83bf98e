package io.slabcache.bench.workload;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;

/**
 * Of many live objects, frees one at random, allocates another one in its place and writes 8 bytes to it, like a server
 * that holds the state of its sessions (Larson and Krishnan 1998). The score is per replacement, and includes the draw of
 * the place, the reading of the old address and the storing of the new one.
 *
 * <p>{@code java -jar allocator-bench.jar jmh '\.replace'}
 */
public abstract class AddressReplace extends AddressBurst {

    static final int TURNS = 1_000;

    private final Draws draws = new Draws();
    private long[] live;

    /** The live objects fit into the caches of the processor. */
    @Benchmark
    @OperationsPerInvocation(TURNS)
    public long[] replace10k() {
        return replace(Workload.SMALL_SET);
    }

    /** Most objects are not in a cache of the processor when they are needed. */
    @Benchmark
    @OperationsPerInvocation(TURNS)
    public long[] replace1m() {
        return replace(Workload.LARGE_SET);
    }

    /** The first call allocates the objects, so the other workloads run without them. */
    private long[] replace(int count) {
        if (live == null) {
            live = new long[count];
            takeLive(live);
        }
        long[] live = this.live;
        beforeTurns();
        for (int turn = 0; turn < TURNS; turn++) {
            int place = draws.below(count);
            give(live[place]);
            long address = take();
            write(address, turn);
            live[place] = address;
        }
        return live;
    }

    /** Allocates the objects that stay live. */
    protected void takeLive(long[] addresses) {
        for (int i = 0; i < addresses.length; i++) {
            addresses[i] = take();
        }
    }

    /** Called before each {@value #TURNS} replacements. */
    protected void beforeTurns() {}

    /** Frees what {@link #takeLive} and the replacements allocated. */
    protected void giveLive(long[] addresses) {
        for (long address : addresses) {
            give(address);
        }
    }

    @Override
    void stopHelpers() {
        if (live != null) {
            giveLive(live);
            live = null;
        }
    }
}

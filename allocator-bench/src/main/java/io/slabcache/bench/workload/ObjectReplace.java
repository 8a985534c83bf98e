package io.slabcache.bench.workload;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;

/**
 * Of many live objects, frees one at random, allocates another one in its place and writes 8 bytes to it, like a server
 * that holds the state of its sessions (Larson and Krishnan 1998). The score is per replacement, and includes the draw of
 * the place, the reading of the old reference and the storing of the new one.
 *
 * <p>{@code java -jar allocator-bench.jar jmh '\.replace'}
 *
 * @param <T> the type of the objects
 */
public abstract class ObjectReplace<T> extends ObjectBurst<T> {

    private final Draws draws = new Draws();
    private T[] live;

    /** The live objects fit into the caches of the processor. */
    @Benchmark
    @OperationsPerInvocation(AddressReplace.TURNS)
    public Object[] replace10k() {
        return replace(Workload.SMALL_SET);
    }

    /** Most objects are not in a cache of the processor when they are needed. */
    @Benchmark
    @OperationsPerInvocation(AddressReplace.TURNS)
    public Object[] replace1m() {
        return replace(Workload.LARGE_SET);
    }

    /** The first call allocates the objects, so the other workloads run without them. */
    private T[] replace(int count) {
        if (live == null) {
            live = newArray(count);
            for (int place = 0; place < count; place++) {
                live[place] = takeLive(place, count);
            }
            System.gc(); // a live set is old in the collector's sense, too
        }
        T[] live = this.live;
        beforeTurns();
        for (int turn = 0; turn < AddressReplace.TURNS; turn++) {
            int place = draws.below(count);
            give(live[place]);
            T object = take();
            write(object, turn);
            live[place] = object;
        }
        return live;
    }

    /** Allocates the first object of a place, of so many places. */
    protected T takeLive(int place, int count) {
        return take();
    }

    /** Called before each {@value AddressReplace#TURNS} replacements. */
    protected void beforeTurns() {}

    /** Frees the last object of a place. */
    protected void giveLive(T object) {
        give(object);
    }

    @Override
    void stopHelpers() {
        if (live != null) {
            for (T object : live) {
                giveLive(object);
            }
            live = null;
        }
    }
}

package io.slabcache.bench.cost;

import io.slabcache.SlabCache;
import io.slabcache.bench.workload.TimedBenchmark;
import java.util.concurrent.locks.ReentrantLock;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;

/**
 * The slow path, step by step. A burst through magazines of 16 places differs from the same burst through larger ones by the
 * swaps and exchanges that the small magazines need:
 *
 * <ul>
 *   <li>{@link #burst24Swapping}: three swaps of the two magazines in each burst, and no visit to the depot;
 *   <li>{@link #burst64Exchanging}: two exchanges with the depot in each direction, and the swaps between them.
 * </ul>
 *
 * <p>All bursts run through both caches first. The compiler then has seen the slow call in each of them, and compiles the
 * same loop; otherwise the spills around that call, at each object, would count as costs of a swap.
 *
 * <p>{@link #lockedPair} allocates and frees one object of a cache with {@code lockless(false)}, whose limit is {@link
 * #twoLockSections}.
 *
 * <p>{@code java -jar allocator-bench.jar jmh SlowPathCost}
 */
public class SlowPathCost extends TimedBenchmark {
    private static final int SMALL = 16;
    private static final int LARGE = 256;
    private static final int SWAPPING = 24;
    private static final int EXCHANGING = 64;

    /** Bursts before the measurement. */
    private static final int SHAPING = 20_000;

    private final ReentrantLock lock = new ReentrantLock();
    private final long[] held = new long[EXCHANGING];
    private SlabCache small;
    private SlabCache large;
    private SlabCache locked;
    private long counter;

    /** Opens the caches, with full magazines. */
    @Setup
    public void setUp() {
        small = SlabCache.builder("small", 64).magazineCapacity(SMALL).build();
        large = SlabCache.builder("large", 64).magazineCapacity(LARGE).build();
        locked = SlabCache.builder("locked", 64).lockless(false).build();
        small.prefill(2 * SMALL);
        large.prefill(2 * LARGE);
        for (int i = 0; i < SHAPING; i++) {
            burst(small, EXCHANGING);
            burst(large, EXCHANGING);
        }
    }

    /** Closes the caches. */
    @TearDown
    public void tearDown() {
        small.close();
        large.close();
        locked.close();
    }

    private long[] burst(SlabCache cache, int objects) {
        long[] addresses = held;
        for (int i = 0; i < objects; i++) {
            addresses[i] = cache.allocateAddress();
        }
        for (int i = 0; i < objects; i++) {
            cache.freeAddress(addresses[i]);
        }
        return addresses;
    }

    /** A burst of 24 objects, which fits into both magazines together but not into one. */
    @Benchmark
    public long[] burst24Swapping() {
        return burst(small, SWAPPING);
    }

    /** The same burst within one magazine. */
    @Benchmark
    public long[] burst24() {
        return burst(large, SWAPPING);
    }

    /** A burst of 64 objects, of which the magazines hold 32. */
    @Benchmark
    public long[] burst64Exchanging() {
        return burst(small, EXCHANGING);
    }

    /** The same burst within one magazine. */
    @Benchmark
    public long[] burst64() {
        return burst(large, EXCHANGING);
    }

    /** Allocates and frees one object under the lock of the slab lists. */
    @Benchmark
    public void lockedPair() {
        locked.freeAddress(locked.allocateAddress());
    }

    /** Two sections under an uncontended lock. */
    @Benchmark
    public long twoLockSections() {
        section();
        return section();
    }

    private long section() {
        lock.lock();
        try {
            return counter++;
        } finally {
            lock.unlock();
        }
    }
}

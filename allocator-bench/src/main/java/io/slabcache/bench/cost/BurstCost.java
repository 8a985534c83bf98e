package io.slabcache.bench.cost;

import io.slabcache.SlabCache;
import io.slabcache.bench.subject.AddressStack;
import io.slabcache.bench.subject.SegmentStack;
import io.slabcache.bench.workload.TimedBenchmark;
import io.slabcache.diagnostics.Checks;
import java.lang.foreign.MemorySegment;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;

/**
 * Bursts of many sizes beside their limit: allocate so many objects, then free them in the same order. The limit is an
 * array that is one object too short, so that each burst makes its calls for "empty" and for "full". The score is per
 * burst.
 *
 * <p>{@code java -jar allocator-bench.jar jmh BurstCost}, or {@code costs} for the ratios
 */
public class BurstCost extends TimedBenchmark {
    private static final int OBJECT_SIZE = 64;

    /** Objects that each burst holds. */
    @Param({"32", "500", "1000", "5000"})
    public int burst;

    private long[] addresses;
    private MemorySegment[] segments;
    private AddressStack addressStack;
    private SegmentStack segmentStack;
    private SlabCache checked;
    private SlabCache unchecked;
    private long limits;

    /** Opens the caches and fills the arrays. */
    @Setup
    public void setUp() {
        addresses = new long[burst];
        segments = new MemorySegment[burst];
        addressStack = new AddressStack(burst - 1, OBJECT_SIZE);
        segmentStack = new SegmentStack(burst - 1, OBJECT_SIZE);
        checked = SlabCache.builder("checked", OBJECT_SIZE).build();
        unchecked =
                SlabCache.builder("unchecked", OBJECT_SIZE).checks(Checks.NONE).build();
    }

    /** Closes the caches, and checks that no call of a limit was compiled away. */
    @TearDown
    public void tearDown() {
        checked.close();
        unchecked.close();
        long calls = addressStack.calls() + segmentStack.calls();
        if (calls != 2 * limits) {
            throw new IllegalStateException("the limit made " + calls + " calls in " + limits + " bursts, expected "
                    + 2 * limits + "; does a burst hold more than the stack?");
        }
    }

    /** The limit of addresses. */
    @Benchmark
    public long[] limit() {
        limits++;
        AddressStack stack = addressStack;
        long[] held = addresses;
        for (int i = 0; i < held.length; i++) {
            held[i] = stack.pop();
        }
        for (int i = 0; i < held.length; i++) {
            stack.push(held[i]);
        }
        return held;
    }

    /** The limit of segments. */
    @Benchmark
    public MemorySegment[] limitSegments() {
        limits++;
        SegmentStack stack = segmentStack;
        MemorySegment[] held = segments;
        for (int i = 0; i < held.length; i++) {
            held[i] = stack.pop();
        }
        for (int i = 0; i < held.length; i++) {
            stack.push(held[i]);
        }
        return held;
    }

    private long[] burst(SlabCache cache) {
        long[] held = addresses;
        for (int i = 0; i < held.length; i++) {
            held[i] = cache.allocateAddress();
        }
        for (int i = 0; i < held.length; i++) {
            cache.freeAddress(held[i]);
        }
        return held;
    }

    /** Single calls with checks. */
    @Benchmark
    public long[] checked() {
        return burst(checked);
    }

    /** Single calls without checks. */
    @Benchmark
    public long[] unchecked() {
        return burst(unchecked);
    }

    private long[] bulk(SlabCache cache) {
        long[] held = addresses;
        if (!cache.allocateBulk(held, 0, held.length)) {
            throw new IllegalStateException("exhausted");
        }
        cache.freeBulk(held, 0, held.length);
        return held;
    }

    /** Bulk calls with checks. */
    @Benchmark
    public long[] bulkChecked() {
        return bulk(checked);
    }

    /** Bulk calls without checks. */
    @Benchmark
    public long[] bulkUnchecked() {
        return bulk(unchecked);
    }

    /** Single calls for segments, with checks. */
    @Benchmark
    public MemorySegment[] segments() {
        MemorySegment[] held = segments;
        for (int i = 0; i < held.length; i++) {
            held[i] = checked.allocate();
        }
        for (int i = 0; i < held.length; i++) {
            checked.free(held[i]);
        }
        return held;
    }
}

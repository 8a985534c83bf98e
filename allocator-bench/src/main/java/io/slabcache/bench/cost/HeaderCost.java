package io.slabcache.bench.cost;

import io.slabcache.SlabCache;
import io.slabcache.bench.workload.TimedBenchmark;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;

/**
 * Objects whose headers are used together, as a program uses a batch of packets: allocate 64, write the header of each, read
 * the header of each, free them. The score is per object. Without colouring, objects of 2,048 bytes and more share a few
 * sets of the first-level cache.
 *
 * <p>{@code java -jar allocator-bench.jar jmh HeaderCost}, or {@code costs} for the ratios
 */
public class HeaderCost extends TimedBenchmark {
    private static final int BURST = 64;

    /** Bytes of each object. */
    @Param({"256", "2048", "4096"})
    public int size;

    @SuppressWarnings("restricted") // reads and writes only objects that it holds
    private static final MemorySegment ALL = MemorySegment.NULL.reinterpret(Long.MAX_VALUE);

    private final long[] held = new long[BURST];
    private SlabCache coloured;
    private SlabCache packed;

    /** Opens the caches. */
    @Setup
    public void setUp() {
        coloured = SlabCache.builder("coloured", size).build();
        packed = SlabCache.builder("packed", size).colouring(false).build();
    }

    /** Closes the caches. */
    @TearDown
    public void tearDown() {
        coloured.close();
        packed.close();
    }

    private long burst(SlabCache cache) {
        long[] objects = held;
        for (int i = 0; i < BURST; i++) {
            long object = cache.allocateAddress();
            ALL.set(ValueLayout.JAVA_LONG, object, i);
            objects[i] = object;
        }
        long sum = 0;
        for (int i = 0; i < BURST; i++) {
            sum += ALL.get(ValueLayout.JAVA_LONG, objects[i]);
        }
        for (int i = 0; i < BURST; i++) {
            cache.freeAddress(objects[i]);
        }
        return sum;
    }

    /** The default. */
    @Benchmark
    @OperationsPerInvocation(BURST)
    public long headersColoured() {
        return burst(coloured);
    }

    /** Objects as close as they can be. */
    @Benchmark
    @OperationsPerInvocation(BURST)
    public long headersPacked() {
        return burst(packed);
    }
}

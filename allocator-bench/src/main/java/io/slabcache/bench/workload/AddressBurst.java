package io.slabcache.bench.workload;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;

/**
 * Allocates a burst of addresses, writes 8 bytes to each object, then frees all of them in the same order, like a
 * receiver of packets. The score is per object.
 *
 * <p>{@code java -jar allocator-bench.jar jmh '\.burst' -prof gc}
 */
public abstract class AddressBurst extends AddressBatch {

    private static final int SMALL = 32;
    private static final int LARGE = 1_000;

    @SuppressWarnings("restricted") // the one place that writes to raw addresses
    private static final MemorySegment EVERYTHING = MemorySegment.NULL.reinterpret(Long.MAX_VALUE);

    private final long[] burst = new long[LARGE];

    /** As many as a network card hands over at a time. */
    @Benchmark
    @OperationsPerInvocation(SMALL)
    public long[] burst32() {
        return burst(SMALL);
    }

    /** More than the per-thread cache of most subjects that have one. */
    @Benchmark
    @OperationsPerInvocation(LARGE)
    public long[] burst1000() {
        return burst(LARGE);
    }

    private long[] burst(int count) {
        long[] burst = this.burst;
        takeMany(burst, count);
        for (int i = 0; i < count; i++) {
            write(burst[i], i);
        }
        giveMany(burst, count);
        return burst;
    }

    /** Writes the first 8 bytes of an object; override for a subject that hands out no plain addresses. */
    protected void write(long address, long value) {
        EVERYTHING.set(ValueLayout.JAVA_LONG_UNALIGNED, address, value);
    }
}

package io.slabcache.bench.latency;

import io.slabcache.bench.slots.SlotAllocator;
import java.util.function.LongSupplier;

/** An allocator in a time of its own: each call takes a microsecond, but one allocation takes longer. Reading the clock takes 10 ns. */
final class PlantedStall implements SlotAllocator, LongSupplier {

    private static final long CALL_NANOS = 1_000;
    private static final long READ_NANOS = 10;

    private final int stalledAllocation;
    private final long stallNanos;
    private int allocations;
    private int live;
    private long now;

    PlantedStall(int stalledAllocation, long stallNanos) {
        this.stalledAllocation = stalledAllocation;
        this.stallNanos = stallNanos;
    }

    @Override
    public long getAsLong() {
        now += READ_NANOS;
        return now;
    }

    @Override
    public void allocate(int slot) {
        now += allocations++ == stalledAllocation ? stallNanos : CALL_NANOS;
        live++;
    }

    @Override
    public void free(int slot) {
        now += CALL_NANOS;
        live--;
    }

    @Override
    public void write(int slot, long value) {}

    int live() {
        return live;
    }
}

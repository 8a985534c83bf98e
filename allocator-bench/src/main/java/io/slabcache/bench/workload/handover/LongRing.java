package io.slabcache.bench.workload.handover;

/** A ring of {@value #SLOTS} longs between one sender and one receiver; {@link ObjectRing} is the same for references. */
public final class LongRing extends RingIndices {

    /** What {@link #poll()} returns when the ring is empty; no address is zero. */
    public static final long NOTHING = 0;

    private final long[] slots = new long[SLOTS];

    /** Sender: puts a value, or returns {@code false} if the ring is full. */
    public boolean offer(long value) {
        if (isFull()) {
            return false;
        }
        slots[tailSlot()] = value;
        advanceTail();
        return true;
    }

    /** Receiver: takes the oldest value, or {@link #NOTHING}. */
    public long poll() {
        if (hasNothing()) {
            return NOTHING;
        }
        long value = slots[headSlot()];
        advanceHead();
        return value;
    }
}

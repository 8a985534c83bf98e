package io.slabcache.bench.workload.handover;

/**
 * A ring of {@value #SLOTS} references between one sender and one receiver; {@link LongRing} is the same for longs. A
 * slot keeps its reference until it is overwritten: clearing it would cost a store that the other ring does not have.
 */
public final class ObjectRing<T> extends RingIndices {

    private final T[] slots;

    @SuppressWarnings("unchecked") // never leaves this class as an array
    public ObjectRing() {
        slots = (T[]) new Object[SLOTS];
    }

    /** Sender: puts a value, or returns {@code false} if the ring is full. */
    public boolean offer(T value) {
        if (isFull()) {
            return false;
        }
        slots[tailSlot()] = value;
        advanceTail();
        return true;
    }

    /** Receiver: takes the oldest value, or {@code null}. */
    public T poll() {
        if (hasNothing()) {
            return null;
        }
        T value = slots[headSlot()];
        advanceHead();
        return value;
    }
}

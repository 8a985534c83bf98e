package io.slabcache.internal.magazine;

import java.util.function.LongConsumer;

/**
 * A stack of addresses: the array and the size of the Linux patch, the magazine of Bonwick and Adams (2001).
 *
 * <p>Has one owner at a time: a thread's cache, or the depot, which passes it on under its lock. Only the owner
 * accesses it, with plain reads and writes. The lock, or the end of the thread, orders successive owners.
 */
final class Magazine {
    /** The magazine of a cache that was given none. Shared, because it has no objects and no slots. */
    static final Magazine NONE = new Magazine(0);

    /** Capacity of a cache's first two magazines. Small, so that a cache that is used once costs little heap. */
    static final int START = 8;

    /** The next pop takes {@code size - 1}. Slots from {@code size} on hold stale addresses. */
    final long[] queue;

    int size;

    /** The next magazine in a stack of the {@link Depot}, which guards this field. */
    Magazine below;

    Magazine(int capacity) {
        queue = new long[capacity];
    }

    static Magazine of(int capacity) {
        return capacity == 0 ? NONE : new Magazine(capacity);
    }

    boolean isFull() {
        return size == queue.length;
    }

    /** Moves the top objects of another magazine into this empty one, as many as fit. */
    void pour(Magazine other) {
        int moved = Math.min(other.size, queue.length);
        other.size -= moved;
        System.arraycopy(other.queue, other.size, queue, 0, moved);
        size = moved;
    }

    void forEach(LongConsumer action) {
        for (int i = 0; i < size; i++) {
            action.accept(queue[i]);
        }
    }
}

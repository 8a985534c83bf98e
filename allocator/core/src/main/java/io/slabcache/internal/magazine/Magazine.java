package io.slabcache.internal.magazine;

import java.util.function.LongConsumer;

/**
 * A stack of addresses: the array and the size of the Linux patch, the magazine of Bonwick and Adams (2001).
 *
 * <p>Belongs to one owner at a time: the cache of a thread, or the depot, which passes it on under its lock. All access
 * is by the owner and plain; the lock, or the end of the thread, orders one owner after the other.
 */
final class Magazine {
    /** What a cache has that was given none. Shared, because it holds nothing and has no room. */
    static final Magazine NONE = new Magazine(0);

    /** Objects in each of the first two magazines: what is used once costs little heap. */
    static final int START = 8;

    /** What is popped next is at {@code size - 1}. Places from {@code size} on hold stale addresses. */
    final long[] queue;

    int size;

    /** The magazine below this one in a stack of the {@link Depot}, which guards it. */
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

    /** Moves the uppermost objects of another magazine, as many as there is room for, into this one, which is empty. */
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

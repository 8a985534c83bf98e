package io.slabcache.internal.magazine;

import io.slabcache.internal.util.CountedLock;
import java.util.function.LongConsumer;

/**
 * Full and empty magazines, exchanged whole: the way of objects from a thread that frees to a thread that allocates.
 * Every operation moves a reference or two under the lock, however many objects a magazine holds.
 */
final class Depot {
    private final int capacity;
    private final int maxFull;
    private final CountedLock lock = new CountedLock();

    // Guarded by lock.
    private Magazine full;
    private int fullCount;
    private Magazine empty;
    private int emptyCount;
    private long gets;
    private long puts;

    /**
     * An empty depot.
     *
     * @param capacity of every magazine
     * @param maxFull full magazines kept here; and no more empty ones
     */
    Depot(int capacity, int maxFull) {
        this.capacity = capacity;
        this.maxFull = maxFull;
    }

    /** Gives a full magazine for an empty one, or null, keeping nothing, if there is none. */
    Magazine exchangeForFull(Magazine given) {
        lock.lock();
        try {
            return swapForFull(given);
        } finally {
            lock.unlock();
        }
    }

    /** {@link #exchangeForFull}, but null also where it would have to wait for the lock. */
    Magazine tryExchangeForFull(Magazine given) {
        if (!lock.tryLock()) {
            return null;
        }
        try {
            return swapForFull(given);
        } finally {
            lock.unlock();
        }
    }

    private Magazine swapForFull(Magazine given) {
        Magazine taken = popFull();
        if (taken != null) {
            pushEmpty(given);
        }
        return taken;
    }

    /** Gives an empty magazine for a full one, or null, keeping nothing, if there are too many full ones here. */
    Magazine exchangeForEmpty(Magazine given) {
        lock.lock();
        try {
            return swapForEmpty(given);
        } finally {
            lock.unlock();
        }
    }

    /** {@link #exchangeForEmpty}, but null also where it would have to wait for the lock. */
    Magazine tryExchangeForEmpty(Magazine given) {
        if (!lock.tryLock()) {
            return null;
        }
        try {
            return swapForEmpty(given);
        } finally {
            lock.unlock();
        }
    }

    private Magazine swapForEmpty(Magazine given) {
        return pushFull(given) ? popEmpty() : null;
    }

    /** A full magazine, or null. */
    Magazine takeFull() {
        lock.lock();
        try {
            return popFull();
        } finally {
            lock.unlock();
        }
    }

    /** An empty magazine, a new one if need be. */
    Magazine takeEmpty() {
        lock.lock();
        try {
            return popEmpty();
        } finally {
            lock.unlock();
        }
    }

    /** Takes a full magazine in; false, keeping nothing, if there are too many. */
    boolean giveFull(Magazine given) {
        lock.lock();
        try {
            return pushFull(given);
        } finally {
            lock.unlock();
        }
    }

    void giveEmpty(Magazine given) {
        lock.lock();
        try {
            pushEmpty(given);
        } finally {
            lock.unlock();
        }
    }

    private Magazine popFull() {
        assert lock.isHeld();
        Magazine top = full;
        if (top != null) {
            full = top.below;
            top.below = null;
            fullCount--;
            gets++;
        }
        return top;
    }

    private boolean pushFull(Magazine magazine) {
        assert lock.isHeld() && magazine.isFull();
        if (fullCount == maxFull) {
            return false;
        }
        magazine.below = full;
        full = magazine;
        fullCount++;
        puts++;
        return true;
    }

    private Magazine popEmpty() {
        assert lock.isHeld();
        Magazine top = empty;
        if (top == null) {
            return new Magazine(capacity);
        }
        empty = top.below;
        top.below = null;
        emptyCount--;
        return top;
    }

    private void pushEmpty(Magazine magazine) {
        assert lock.isHeld() && magazine.size == 0;
        if (emptyCount < maxFull && magazine.queue.length == capacity) {
            magazine.below = empty;
            empty = magazine;
            emptyCount++;
        }
    }

    /** Forgets everything. */
    void clear() {
        lock.lock();
        try {
            full = null;
            fullCount = 0;
            empty = null;
            emptyCount = 0;
        } finally {
            lock.unlock();
        }
    }

    /** Shows the address of each object in the depot, under the lock. */
    void forEach(LongConsumer action) {
        lock.lock();
        try {
            for (Magazine magazine = full; magazine != null; magazine = magazine.below) {
                magazine.forEach(action);
            }
        } finally {
            lock.unlock();
        }
    }

    /** The counts of this moment. */
    Counts counts() {
        lock.lock();
        try {
            return new Counts(fullCount, emptyCount, gets, puts, lock.contended());
        } finally {
            lock.unlock();
        }
    }

    /** What the depot counts: magazines here now, full ones given out and taken in so far, waits for the lock. */
    record Counts(int full, int empty, long gets, long puts, long contendedLocks) {}
}

package io.slabcache.internal.magazine;

import io.slabcache.internal.util.CountedLock;
import java.util.function.LongConsumer;

/**
 * Full and empty magazines, exchanged whole: the way of objects from a thread that frees to a thread that allocates.
 * Every operation moves a reference or two under the lock, however many objects a magazine holds.
 */
final class Depot {
    /** Visits after which it is decided again how many magazines are kept, and of what size. */
    private static final int PERIOD = 64;

    private final CountedLock lock = new CountedLock();

    // Guarded by lock.
    private final WorkingSet workingSet;
    private final MagazineSize magazineSize;
    private Magazine full;
    private int fullCount;
    private Magazine empty;
    private int emptyCount;
    private boolean closed;

    /** Objects in the full magazines, which may differ in size. */
    private long objects;

    /** Places in all magazines here. */
    private long places;

    private int visits;
    private long gets;
    private long puts;

    /** An empty depot that decides by these how many full magazines it keeps, and how large the empty ones are. */
    Depot(WorkingSet workingSet, MagazineSize magazineSize) {
        this.workingSet = workingSet;
        this.magazineSize = magazineSize;
    }

    /**
     * Gives a full magazine for an empty one, or null, keeping nothing, if there is none. It may be the given one, filled
     * with the objects of one that magazines have outgrown.
     */
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
        if (taken == null) {
            return null;
        }
        if (taken.queue.length < given.queue.length) {
            // Otherwise small magazines would be filled and emptied for ever after larger ones are being made.
            given.pour(taken);
            return given;
        }
        pushEmpty(given);
        return taken;
    }

    /**
     * Gives an empty magazine for a full one, or null, keeping nothing, if there are too many full ones here, or neither an
     * empty one nor heap for one.
     */
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
        if (!pushFull(given)) {
            return null;
        }
        try {
            return popEmpty();
        } catch (OutOfMemoryError e) {
            // The caller keeps the full one, and empties it itself.
            unpushFull();
            return null;
        }
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
            unstackFull();
            gets++;
            magazineSize.taken();
        }
        workingSet.asked(top != null, fullCount);
        visited();
        return top;
    }

    private boolean pushFull(Magazine magazine) {
        assert lock.isHeld();
        // Not full: a close wiped the cache of the caller in the middle of its call.
        boolean accepted = !closed && magazine.isFull() && workingSet.accepts(fullCount);
        if (accepted) {
            magazine.below = full;
            full = magazine;
            fullCount++;
            objects += magazine.size;
            places += magazine.queue.length;
            puts++;
            magazineSize.given();
        }
        visited();
        return accepted;
    }

    private void unpushFull() {
        unstackFull();
        puts--;
    }

    private void unstackFull() {
        assert lock.isHeld();
        Magazine top = full;
        full = top.below;
        top.below = null;
        fullCount--;
        objects -= top.size;
        places -= top.queue.length;
    }

    private void visited() {
        if (++visits == PERIOD) {
            visits = 0;
            workingSet.adapt(fullCount);
            magazineSize.adapt(PERIOD, lock.contended());
        }
    }

    private Magazine popEmpty() {
        assert lock.isHeld();
        Magazine top = empty;
        if (top == null) {
            return new Magazine(magazineSize.capacity());
        }
        empty = top.below;
        top.below = null;
        emptyCount--;
        places -= top.queue.length;
        return top;
    }

    private void pushEmpty(Magazine magazine) {
        assert lock.isHeld() && magazine.size == 0;
        if (emptyCount < workingSet.limit() && magazine.queue.length == magazineSize.capacity()) {
            magazine.below = empty;
            empty = magazine;
            emptyCount++;
            places += magazine.queue.length;
        }
    }

    /** Forgets everything, and takes no full magazine any more. */
    void close() {
        lock.lock();
        try {
            closed = true;
            full = null;
            fullCount = 0;
            empty = null;
            emptyCount = 0;
            objects = 0;
            places = 0;
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
            return new Counts(
                    fullCount, emptyCount, objects, places, gets, puts, lock.contended(), magazineSize.capacity());
        } finally {
            lock.unlock();
        }
    }

    /**
     * What the depot counts: magazines here now, the objects and places in them, full ones given out and taken in so far,
     * waits for the lock, and the size of new magazines.
     */
    record Counts(
            int full,
            int empty,
            long objects,
            long places,
            long gets,
            long puts,
            long contendedLocks,
            int magazineCapacity) {}
}

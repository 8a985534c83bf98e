package io.slabcache.internal.magazine;

import io.slabcache.internal.slab.SlabSupply;
import io.slabcache.internal.util.CountedLock;
import java.util.function.IntFunction;
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

    /** Magazines with objects, all of them full but perhaps the uppermost. */
    private final MagazineStack full = new MagazineStack();

    private final MagazineStack empty = new MagazineStack();
    private boolean closed;
    private int visits;
    private long gets;
    private long puts;

    private final IntFunction<Magazine> maker;

    /** An empty depot that decides by these how much it keeps and what size is worth keeping, and has magazines made. */
    Depot(WorkingSet workingSet, MagazineSize magazineSize, IntFunction<Magazine> maker) {
        this.workingSet = workingSet;
        this.magazineSize = magazineSize;
        this.maker = maker;
    }

    /**
     * Gives a full magazine for an empty one, or null, keeping nothing, if there is none. If the two differ in size, it is
     * the given one, with as many objects as there were in the other and find room: so magazines of one owner keep the size
     * that the owner gave them.
     */
    Magazine exchangeForFull(Magazine given) {
        return exchangeForFull(given, true);
    }

    /** {@link #exchangeForFull}, but null also where it would have to wait for the lock. */
    Magazine tryExchangeForFull(Magazine given) {
        return exchangeForFull(given, false);
    }

    private Magazine exchangeForFull(Magazine given, boolean mayWait) {
        if (!lock.acquire(mayWait)) {
            return null;
        }
        try {
            return swapForFull(given);
        } finally {
            lock.unlock();
        }
    }

    private Magazine swapForFull(Magazine given) {
        Magazine top = full.top();
        if (top != null && (!top.isFull() || top.queue.length != given.queue.length)) {
            full.pourInto(given);
            taken(true);
            return given;
        }
        Magazine taken = popFull();
        if (taken != null) {
            pushEmpty(given);
        }
        return taken;
    }

    /**
     * Gives an empty magazine for a full one, or null, keeping nothing, if there are too many full ones here, or neither an
     * empty one nor heap for one.
     */
    Magazine exchangeForEmpty(Magazine given) {
        return exchangeForEmpty(given, true);
    }

    /** {@link #exchangeForEmpty}, but null also where it would have to wait for the lock. */
    Magazine tryExchangeForEmpty(Magazine given) {
        return exchangeForEmpty(given, false);
    }

    private Magazine exchangeForEmpty(Magazine given, boolean mayWait) {
        if (!lock.acquire(mayWait)) {
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
            return popEmpty(given.queue.length);
        } catch (OutOfMemoryError e) {
            // The caller keeps the full one, and empties it itself.
            full.pop();
            puts--;
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

    /** An empty magazine of a size, a new one if need be. */
    Magazine takeEmpty(int capacity) {
        lock.lock();
        try {
            return popEmpty(capacity);
        } finally {
            lock.unlock();
        }
    }

    /**
     * One object out of a slab or from here, without growth; 0 only if at one moment there was none in either, for all that
     * moves between the two is held up meanwhile.
     */
    long takeOne(SlabSupply supply) {
        lock.lockMounted();
        try {
            long address = supply.takeFree();
            return address != 0 ? address : full.takeOne();
        } finally {
            lock.unlockMounted();
        }
    }

    /** Moves all objects to the slab layer, magazine by magazine, so that at no moment they are in neither. */
    void drainTo(SlabSupply supply) {
        while (drainOne(supply)) {
            // The lock is free in between.
        }
    }

    private boolean drainOne(SlabSupply supply) {
        lock.lockMounted();
        try {
            Magazine top = full.pop();
            if (top == null) {
                return false;
            }
            supply.flush(top.queue, 0, top.size);
            top.size = 0;
            pushEmpty(top);
            return true;
        } finally {
            lock.unlockMounted();
        }
    }

    /** A new empty magazine, without a visit. */
    Magazine make(int capacity) {
        return capacity == 0 ? Magazine.NONE : maker.apply(capacity);
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
        Magazine popped = full.pop();
        taken(popped != null);
        return popped;
    }

    private void taken(boolean found) {
        assert lock.isHeld();
        if (found) {
            gets++;
            magazineSize.taken();
        }
        workingSet.asked(found, full.objects());
        visited();
    }

    private boolean pushFull(Magazine magazine) {
        assert lock.isHeld();
        // Not full: a close wiped the cache of the caller in the middle of its call.
        boolean accepted = !closed && magazine.isFull() && workingSet.accepts(full.objects(), magazineSize.full());
        if (accepted) {
            full.push(magazine);
            puts++;
            magazineSize.given();
        }
        visited();
        return accepted;
    }

    private void visited() {
        if (++visits == PERIOD) {
            visits = 0;
            workingSet.adapt(full.objects(), magazineSize.full());
            magazineSize.adapt(PERIOD, lock.contended());
        }
    }

    private Magazine popEmpty(int capacity) {
        assert lock.isHeld();
        // Of a size that was given up.
        while (empty.count() > 0 && empty.topCapacity() != capacity && empty.topCapacity() != magazineSize.capacity()) {
            empty.pop();
        }
        return empty.topCapacity() == capacity ? empty.pop() : make(capacity);
    }

    private void pushEmpty(Magazine magazine) {
        assert lock.isHeld() && magazine.size == 0;
        if (empty.places() < workingSet.limit(magazineSize.full())
                && magazine.queue.length == magazineSize.capacity()) {
            empty.push(magazine);
        }
    }

    /** Forgets everything, and takes no full magazine any more. */
    void close() {
        lock.lock();
        try {
            closed = true;
            full.clear();
            empty.clear();
        } finally {
            lock.unlock();
        }
    }

    /** Shows the address of each object in the depot, under the lock. */
    void forEach(LongConsumer action) {
        lock.lock();
        try {
            for (Magazine magazine = full.top(); magazine != null; magazine = magazine.below) {
                magazine.forEach(action);
            }
        } finally {
            lock.unlock();
        }
    }

    /** The counts of this moment. */
    DepotCounts counts() {
        lock.lock();
        try {
            return new DepotCounts(
                    full.count(),
                    empty.count(),
                    full.objects(),
                    full.places() + empty.places(),
                    gets,
                    puts,
                    lock.contended(),
                    magazineSize.capacity());
        } finally {
            lock.unlock();
        }
    }
}

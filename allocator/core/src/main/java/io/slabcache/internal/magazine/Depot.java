package io.slabcache.internal.magazine;

import io.slabcache.internal.slab.SlabSupply;
import io.slabcache.internal.util.CountedLock;
import java.util.function.IntFunction;
import java.util.function.LongConsumer;

/**
 * Full and empty magazines, exchanged whole: the way of objects from freeing to allocating threads. Every operation
 * moves a reference or two under the lock, however many objects a magazine holds.
 */
final class Depot {
    /** Visits between two decisions on the number and size of the magazines kept. */
    private static final int PERIOD = 64;

    private final CountedLock lock;

    // Guarded by lock.
    private final WorkingSet workingSet;
    private final MagazineSize magazineSize;

    /** Magazines with objects. Small ones are poured into the top one, so not all are full. */
    private final MagazineStack full = new MagazineStack();

    private final MagazineStack empty = new MagazineStack();
    private boolean closed;
    private int visits;
    private long gets;
    private long puts;
    private final IntFunction<Magazine> maker;

    /** Makes an empty depot. The second and third decide how much it keeps and in what size; the last makes magazines. */
    Depot(CountedLock lock, WorkingSet workingSet, MagazineSize magazineSize, IntFunction<Magazine> maker) {
        this.lock = lock;
        this.workingSet = workingSet;
        this.magazineSize = magazineSize;
        this.maker = maker;
    }

    /**
     * Exchanges an empty magazine for a full one. Returns null and keeps nothing if there is none. If the two differ in
     * size, the given one is returned, filled from the other as far as it has room, so that an owner keeps its size of
     * magazines.
     */
    Magazine exchangeForFull(Magazine given) {
        return exchangeForFull(given, true);
    }

    /** Like {@link #exchangeForFull}, but also returns null if it would have to wait for the lock. */
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
            if (top.size == 0) {
                pushEmpty(full.pop());
            }
            taken(true);
            return given;
        }
        Magazine taken = full.pop();
        taken(taken != null);
        if (taken != null) {
            pushEmpty(given);
        }
        return taken;
    }

    /**
     * Exchanges a full magazine for an empty one. Returns null and keeps nothing if the depot has enough full ones, or
     * has no empty one and no heap to make one. Returns a small magazine itself, emptied.
     */
    Magazine exchangeForEmpty(Magazine given) {
        return exchangeForEmpty(given, true);
    }

    /** Like {@link #exchangeForEmpty}, but also returns null if it would have to wait for the lock. */
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
        if (!accepts(given)) {
            return null;
        }
        try {
            int capacity = magazineSize.capacity(); // read once, because owners come and go
            Magazine empty = given.queue.length < capacity ? pour(given, capacity) : popEmpty(given.queue.length);
            if (empty != given) {
                full.push(given);
            }
            puts++;
            magazineSize.given();
            return empty;
        } catch (OutOfMemoryError e) {
            // The caller keeps the full one and empties it itself.
            return null;
        }
    }

    /** Moves the objects of a small magazine to the top one and returns it, so that no small ones pile up. */
    private Magazine pour(Magazine small, int capacity) {
        if (full.room() < small.size) {
            full.push(popEmpty(capacity));
        }
        full.pourFrom(small);
        return small;
    }

    /** Takes a full magazine, or returns null. */
    Magazine takeFull() {
        lock.lock();
        try {
            Magazine taken = full.pop();
            taken(taken != null);
            return taken;
        } finally {
            lock.unlock();
        }
    }

    /** Takes an empty magazine of a size, or makes one. */
    Magazine takeEmpty(int capacity) {
        lock.lock();
        try {
            return popEmpty(capacity);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Takes one object from a slab or from the depot, without growth. Holds up all moves between the two, so 0 means
     * that at one moment neither had an object.
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

    /**
     * Moves all objects to the slab layer, one magazine at a time under the lock, so that a count always finds them.
     */
    void drainTo(SlabSupply supply) {
        while (drainOne(supply)) {}
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

    /** Makes an empty magazine; does not count as a visit. */
    Magazine make(int capacity) {
        return capacity == 0 ? Magazine.NONE : maker.apply(capacity);
    }

    /** Takes in a full magazine; false, and nothing kept, if there are enough. */
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
        boolean accepted = accepts(magazine);
        if (accepted) {
            full.push(magazine);
            puts++;
            magazineSize.given();
        }
        return accepted;
    }

    private boolean accepts(Magazine magazine) {
        assert lock.isHeld();
        visited();
        // Not full if a close has wiped the caller's cache during its call.
        return !closed && magazine.isFull() && workingSet.accepts(full.objects(), magazineSize.full());
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
        // Drops magazines of an outdated size.
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

    /** Drops all magazines and refuses full ones from now on. */
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

    /** Calls the action with the address of each object in the depot, under the lock. */
    void forEach(LongConsumer action) {
        lock.lock();
        try {
            full.forEach(action);
        } finally {
            lock.unlock();
        }
    }

    DepotCounts counts() {
        lock.lock();
        try {
            return DepotCounts.of(full, empty, gets, puts, lock.contended(), magazineSize.capacity());
        } finally {
            lock.unlock();
        }
    }
}

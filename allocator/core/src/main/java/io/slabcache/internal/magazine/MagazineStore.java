package io.slabcache.internal.magazine;

import io.slabcache.internal.slab.SlabSupply;
import io.slabcache.internal.util.StackReserve;

/**
 * Full magazines from wherever they are to be had, and a place for used ones: the depot, and behind it the slab layer.
 *
 * <p>Whoever calls {@link #fetch} must hold nothing, neither a stripe nor an expectation about the state of its own
 * cache: the slab layer may wait for locks and run the user's constructor, which may itself allocate and free.
 */
final class MagazineStore {
    /** Reserves of stack for moving the objects of a cache. */
    private static final int MOVE = 8;

    final Depot depot;
    final SlabSupply supply;
    private final ThreadCaches caches;
    private final Revocation revocation;

    MagazineStore(Depot depot, SlabSupply supply, ThreadCaches caches, Revocation revocation) {
        this.depot = depot;
        this.supply = supply;
        this.caches = caches;
        this.revocation = revocation;
    }

    /** A magazine of a size with at least one object, owned by the caller from now on; or null at the bound. */
    Magazine fetch(int capacity) {
        Magazine magazine = depot.takeEmpty(capacity);
        Magazine full = depot.exchangeForFull(magazine);
        if (full != null) {
            return full;
        }
        fill(magazine, capacity);
        if (magazine.size > 0) {
            return magazine;
        }
        depot.giveEmpty(magazine);
        return null;
    }

    /** One object for a caller without magazines; 0 at the bound. */
    long takeOne() {
        long address = supply.takeFree();
        if (address == 0) {
            address = depot.takeOne(supply);
        }
        if (address == 0 && retireDead()) {
            address = supply.takeFree();
        }
        return address != 0 ? address : supply.takeOne();
    }

    /** Moves up to {@code count} objects into an empty magazine that only the caller knows. */
    void fill(Magazine magazine, int count) {
        int filled = supply.refillFromFree(magazine.queue, 0, count);
        if (filled == 0 && retireDead()) {
            // Memory is about to grow: what dead threads left behind comes first.
            filled = supply.refillFromFree(magazine.queue, 0, count);
        }
        magazine.size = filled != 0 ? filled : supply.refill(magazine.queue, 0, count);
    }

    /** Takes a magazine in whatever state; the caller forgets it. */
    void dispose(Magazine magazine) {
        if (magazine.size > 0 && magazine.isFull() && depot.giveFull(magazine)) {
            return;
        }
        empty(magazine);
        depot.giveEmpty(magazine);
    }

    /** Moves all objects of a magazine to the slab layer. */
    void empty(Magazine magazine) {
        int count = magazine.size;
        if (count > 0) {
            boolean emptied = false;
            // First, so that no count meets the objects both here and there.
            magazine.size = 0;
            try {
                supply.flush(magazine.queue, 0, count);
                emptied = true;
            } finally {
                if (!emptied) {
                    magazine.size = count;
                }
            }
        }
    }

    /** {@link #empty}, but false, and nothing changed, where that would have to wait for the lock of the slab list. */
    boolean tryEmpty(Magazine magazine) {
        int count = magazine.size;
        boolean emptied = false;
        magazine.size = 0;
        try {
            emptied = supply.tryFlush(magazine.queue, 0, count);
            return emptied;
        } finally {
            if (!emptied) {
                magazine.size = count;
            }
        }
    }

    /**
     * Gives the previous magazine of an owner, which is full, to the depot. It is taken out of the owner's fields first, so
     * that no count meets its objects both there and in the depot.
     *
     * @param mayWait whether to wait for the depot's lock
     * @return an empty one, to be shifted in; or null, and the owner keeps what it has, if the depot takes none
     */
    Magazine givePrevious(ThreadCache owner, boolean mayWait) {
        Magazine full = owner.takePrevious();
        Magazine empty = null;
        try {
            empty = mayWait ? depot.exchangeForEmpty(full) : depot.tryExchangeForEmpty(full);
            return empty;
        } finally {
            if (empty == null) {
                owner.previous = full;
            }
        }
    }

    /** Moves some objects into a thread's magazines; returns false if there are none to be had. */
    boolean addTo(ThreadCache cache, int wanted) {
        Magazine magazine = depot.takeEmpty(cache.capacity());
        fill(magazine, Math.min(wanted - cache.cached(), magazine.queue.length));
        boolean any = magazine.size > 0;
        // The constructor of a new slab may have filled the cache meanwhile: what finds no room goes back.
        while (magazine.size > 0 && cache.swapToPush()) {
            cache.unpop(magazine.queue[--magazine.size]);
        }
        dispose(magazine);
        return any;
    }

    /** Moves all objects of the magazines of a cache to the slab layer. */
    void emptyMagazines(ThreadCache cache) {
        emptyLoaded(cache);
        empty(cache.previous);
    }

    private void emptyLoaded(ThreadCache cache) {
        Magazine loaded = cache.unload();
        cache.size = 0;
        try {
            empty(loaded);
        } finally {
            cache.size = loaded.size;
        }
    }

    /**
     * Empties the caches of dead threads into the slab layer; returns whether there were any. Nothing else refers to those
     * once they are removed, so there must be stack for all that follows.
     */
    boolean retireDead() {
        StackReserve.claim(MOVE);
        ThreadCache first = caches.retireDead();
        for (ThreadCache dead = first; dead != null; dead = dead.nextDead) {
            revocation.takeFromDead(dead);
        }
        return first != null;
    }

    /**
     * The cache of the calling platform thread, made now if it has none. Whoever is one too many clears away the dead, so
     * that threads which come and go leave nothing behind.
     */
    ThreadCache register(Thread thread) {
        ThreadCache own = caches.register(thread);
        if (caches.isCrowded()) {
            retireDead();
        }
        return own;
    }
}

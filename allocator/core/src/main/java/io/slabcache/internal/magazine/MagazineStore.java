package io.slabcache.internal.magazine;

import io.slabcache.internal.slab.SlabSupply;
import io.slabcache.internal.util.StackReserve;

/**
 * The source of full magazines and the destination of used ones: the depot, and behind it the slab layer.
 *
 * <p>A caller of {@link #fetch} must not hold a stripe, nor rely on the state of its cache afterwards: the slab layer
 * may wait for locks and run the user's constructor, which may allocate and free.
 */
final class MagazineStore {
    /** In stack reserves: enough to move the objects of a cache. */
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

    /** Returns a magazine of a size with at least one object, now owned by the caller; null at the bound. */
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

    /** Takes one object for a caller without magazines; 0 at the bound. */
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
            // Before memory grows, reuses what dead threads left behind.
            filled = supply.refillFromFree(magazine.queue, 0, count);
        }
        magazine.size = filled != 0 ? filled : supply.refill(magazine.queue, 0, count);
    }

    /** Takes in a magazine in any state; the caller drops it. */
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
            // First, so that no count finds the objects in both places.
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

    /** Like {@link #empty}; false, and nothing changed, if it would have to wait for the lock of the slab list. */
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
     * Gives an owner's full previous magazine to the depot. Takes it out of the owner's fields first, so that no count
     * finds its objects in both places.
     *
     * @param mayWait whether to wait for the depot's lock
     * @return an empty magazine to be shifted in; or null, with the owner unchanged, if the depot takes none
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

    /** Moves some objects into a thread's magazines; false if there are none. */
    boolean addTo(ThreadCache cache, int wanted) {
        Magazine magazine = depot.takeEmpty(cache.capacity());
        fill(magazine, Math.min(wanted - cache.cached(), magazine.queue.length));
        boolean any = magazine.size > 0;
        // The constructor of a new slab may have filled the cache meanwhile. What does not fit goes back.
        while (magazine.size > 0 && cache.swapToPush()) {
            cache.unpop(magazine.queue[--magazine.size]);
        }
        dispose(magazine);
        return any;
    }

    /** Moves all objects of the magazines of a stripe to the slab layer; the caller holds the stripe, but none of them. */
    void emptyMagazines(ThreadCache stripe) {
        if (stripe.inMagazines() > 0) {
            revocation.transfers.begin();
            try {
                emptyLoaded(stripe);
                empty(stripe.previous);
            } finally {
                revocation.transfers.end();
            }
        }
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
     * Moves the objects of dead threads to the slab layer; returns whether there were dead threads. Removed caches are
     * reachable only from here, so the stack must suffice for the rest.
     */
    boolean retireDead() {
        StackReserve.claim(MOVE);
        ThreadCache first = caches.retireDead(revocation.transfers);
        if (first == null) {
            return false;
        }
        try {
            for (ThreadCache dead = first; dead != null; dead = dead.nextDead) {
                revocation.takeFromDead(dead);
            }
            return true;
        } finally {
            revocation.transfers.end();
        }
    }

    /** {@return the objects of other threads on their way to the slab layer} */
    Transfers transfers() {
        return revocation.transfers;
    }

    /**
     * Returns the calling platform thread's cache and makes it if necessary. The thread that makes one too many removes
     * the caches of dead threads, so that short-lived threads do not pile up.
     */
    ThreadCache register(Thread thread) {
        ThreadCache own = caches.register(thread);
        if (caches.isCrowded()) {
            retireDead();
        }
        return own;
    }
}

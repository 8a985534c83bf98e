package io.slabcache.internal.magazine;

import io.slabcache.internal.util.StackReserve;
import java.lang.invoke.VarHandle;

/**
 * How a platform thread allocates and frees once its loaded magazine does not serve: with its other magazine, then by an
 * exchange with the depot, then by moving a whole magazine's objects out of the slab layer or into it.
 *
 * <p>An exchange claims no stack of its own: the depot's lock does, before it is acquired, and what follows on the way back
 * needs less.
 */
final class OwnedPath {
    /** Reserves of stack for all that may be done to get a magazine filled or emptied. */
    private static final int MOVE = 8;

    private final ThreadCaches caches;
    private final MagazineStore store;
    private final MagazineShares shares;
    private final Revocation revocation;

    OwnedPath(ThreadCaches caches, MagazineStore store, MagazineShares shares, Revocation revocation) {
        this.caches = caches;
        this.store = store;
        this.shares = shares;
        this.revocation = revocation;
    }

    /** The caller's cache, with magazines as large as they may be now: without any if the budget is spent. */
    ThreadCache ready(ThreadCache cache) {
        ThreadCache own = cache.hasOwner() ? cache : store.register(Thread.currentThread());
        if (own.hasOwner()) {
            if (own.isRevoked()) {
                revocation.restore(own);
            }
            shares.fit(own);
        }
        return own;
    }

    /** An object out of the other magazine; or 0. */
    long swapAndPop(ThreadCache cache) {
        if (cache.isVisitDue() || !cache.swapToPop()) {
            return 0;
        }
        long address = cache.pop();
        wipeIfClosed(cache);
        return address;
    }

    /** Takes an object back into the other magazine; false, and nothing changed, if that has no room. */
    boolean swapAndPush(ThreadCache cache, long address) {
        if (cache.isVisitDue() || !cache.swapToPush()) {
            return false;
        }
        boolean pushed = cache.push(address);
        wipeIfClosed(cache);
        return pushed;
    }

    /**
     * The caller may have loaded a magazine after a close had wiped its cache. It stores the magazine and reads then whether
     * the cache is closed; {@link MagazineLayer#wipe} stores first, too, and then wipes what is loaded. With a full fence between the two
     * steps of each, one sees the other. A cache that the caller has registered in this call is not reachable any more
     * once the close has forgotten it.
     */
    void wipeIfClosed(ThreadCache cache) {
        if (!cache.hasOwner()) {
            return;
        }
        VarHandle.fullFence();
        if (store.supply.isClosed()) {
            cache.wipe();
            cache.dropDepartedSpare();
        }
    }

    /** An object, or 0 at the bound. */
    long allocate(ThreadCache cache) {
        boolean isNew = cache.capacity() == 0;
        ThreadCache own = ready(cache);
        if (own.capacity() == 0) {
            return store.takeOne();
        }
        if (own.swapToPop()) {
            return own.popLoaded();
        }
        if (!isNew) {
            shares.grow(own);
        }
        Magazine full = store.depot.exchangeForFull(own.unload());
        if (full == null) {
            return allocateFetched(own);
        }
        own.load(full);
        return own.popLoaded();
    }

    private long allocateFetched(ThreadCache own) {
        StackReserve.claim(MOVE);
        Magazine magazine = store.fetch(own.capacity());
        if (magazine == null) {
            return 0;
        }
        // The constructor of a new slab may have used this cache meanwhile: then it keeps what it has.
        boolean isUsed = own.swapToPop() || own.capacity() != magazine.queue.length;
        long address = isUsed ? own.popLoaded() : 0;
        if (address == 0) {
            address = magazine.queue[--magazine.size];
        }
        store.dispose(isUsed ? magazine : own.replaceLoaded(magazine));
        return address;
    }

    /** An object out of the magazines or the depot, waiting for nothing; or 0. */
    long allocateCached(ThreadCache cache) {
        ThreadCache own = cache.hasOwner() ? cache : caches.tryRegister(Thread.currentThread());
        if (!own.hasOwner() || own.isRevoked() && !revocation.tryRestore(own)) {
            return 0;
        }
        if (own.capacity() == 0) {
            // Only then: to give up places may take a lock.
            shares.fit(own);
        }
        if (own.capacity() == 0) {
            return 0;
        }
        if (!own.swapToPop()) {
            Magazine full = store.depot.tryExchangeForFull(own.unload());
            if (full == null) {
                return 0;
            }
            own.load(full);
        }
        return own.popLoaded();
    }

    /** Takes an object back, into the slab list if there is no magazine for it. */
    void free(ThreadCache cache, long address) {
        ThreadCache own = withRoom(cache);
        if (own == null || !own.push(address)) {
            store.supply.free(address);
        }
    }

    /** The caller's cache with room for an object; null if it has no magazines, and also if the heap has no room for them. */
    private ThreadCache withRoom(ThreadCache cache) {
        try {
            ThreadCache own = ready(cache);
            if (own.capacity() == 0) {
                return null;
            }
            if (!own.swapToPush()) {
                shares.grow(own);
            }
            if (!own.swapToPush()) {
                makeRoom(own);
            }
            return own;
        } catch (OutOfMemoryError e) {
            return null;
        }
    }

    /** Both magazines are full: the colder one goes to the depot or, if that has enough, to the slab lists. */
    private void makeRoom(ThreadCache own) {
        Magazine empty = store.givePrevious(own, true);
        if (empty == null) {
            StackReserve.claim(MOVE);
            empty = own.previous;
            store.empty(empty);
        }
        own.shift(empty);
    }

    /** Gives up magazines and spare object, until the thread comes here again. */
    void flush(ThreadCache own) {
        revocation.restore(own);
        shares.release(own);
    }

    /** Makes room for so many objects, as far as the budget allows; returns for how many there is room. */
    int reserve(ThreadCache own, int objects) {
        revocation.restore(own);
        shares.growTo(own, objects);
        return Math.min(objects, own.places());
    }
}

package io.slabcache.internal.magazine;

import io.slabcache.internal.util.StackReserve;
import java.lang.invoke.VarHandle;

/**
 * The slow path of a platform thread. It tries the other magazine, then an exchange with the depot, and then moves a
 * whole magazine's objects from or to the slab layer.
 *
 * <p>An exchange claims no stack. The depot's lock claims it before the acquisition, and the way back needs less.
 */
final class OwnedPath {
    /** In stack reserves: enough to fill or empty a magazine in any way. */
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

    /** Returns the caller's cache with magazines of the size allowed now; without magazines if the budget is spent. */
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

    /** Loads the other magazine if it has objects; false, and nothing changed, if that is not enough. */
    boolean swapToPop(ThreadCache cache) {
        if (cache.isVisitDue() || !cache.swapToPop()) {
            return false;
        }
        wipeIfClosed(cache);
        return true;
    }

    /** Frees into the other magazine; false, and nothing changed, if that has no room. */
    boolean swapAndPush(ThreadCache cache, long address) {
        if (cache.isVisitDue() || !cache.swapToPush()) {
            return false;
        }
        boolean pushed = cache.push(address);
        wipeIfClosed(cache);
        return pushed;
    }

    /**
     * Wipes a magazine that the caller may have loaded after a close had wiped its cache. The caller stores the
     * magazine and then reads whether the cache is closed. {@link MagazineLayer#wipe} first stores that the cache is
     * closed and then wipes loaded magazines. A full fence between the two steps on both sides makes at least one see
     * the other. A cache registered in this call is unreachable once the close has dropped it.
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

    /** Allocates; 0 at the bound. */
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
        // The constructor of a new slab may have used this cache meanwhile. If so, it keeps what it has.
        boolean isUsed = own.swapToPop() || own.capacity() != magazine.queue.length;
        long address = isUsed ? own.popLoaded() : 0;
        if (address == 0) {
            address = magazine.queue[--magazine.size];
        }
        store.dispose(isUsed ? magazine : own.replaceLoaded(magazine));
        return address;
    }

    /** Allocates from the magazines or the depot without waiting; or 0. */
    long allocateCached(ThreadCache cache) {
        ThreadCache own = cache.hasOwner() ? cache : caches.tryRegister(Thread.currentThread());
        if (!own.hasOwner() || own.isRevoked() && !revocation.tryRestore(own)) {
            return 0;
        }
        if (own.capacity() == 0) {
            // Only without magazines: giving up slots may take a lock.
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

    /** Frees, to the slab list if no magazine has room. */
    void free(ThreadCache cache, long address) {
        ThreadCache own = withRoom(cache);
        if (own == null || !own.push(address)) {
            store.supply.free(address);
        }
    }

    /**
     * The caller's cache with room for an object; null if it has no magazines and gets none, for lack of budget or
     * heap.
     */
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

    /**
     * Makes room when both magazines are full: the colder one goes to the depot or, if that has enough, to the slab
     * lists.
     */
    private void makeRoom(ThreadCache own) {
        Magazine empty = store.givePrevious(own, true);
        if (empty == null) {
            StackReserve.claim(MOVE);
            empty = own.previous;
            store.empty(empty);
        }
        own.shift(empty);
    }

    /** Gives up magazines and spare object until the thread's next slow call. */
    void flush(ThreadCache own) {
        revocation.restore(own);
        shares.release(own);
    }

    /** Makes room for this many objects, as far as the budget allows; returns the number that fit. */
    int reserve(ThreadCache own, int objects) {
        revocation.restore(own);
        shares.growTo(own, objects);
        return Math.min(objects, own.places());
    }
}

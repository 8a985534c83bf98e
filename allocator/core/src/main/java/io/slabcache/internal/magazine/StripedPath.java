package io.slabcache.internal.magazine;

import io.slabcache.internal.util.StackReserve;
import java.lang.invoke.VarHandle;
import java.util.List;

/**
 * How a virtual thread allocates and frees: on a stripe that it holds for a few instructions or, if that does not serve,
 * object by object.
 *
 * <p>No magazine is ever on its way between two places: a stripe is refilled and emptied while it is held, by calls that
 * do not wait for a lock. So all that virtual threads cache is in stripes, however many of them are at it, and the {@link
 * MagazineBudget} knows it.
 */
final class StripedPath {
    /** Reserves of stack for an exchange of magazines, and for the return of the stripe. */
    private static final int EXCHANGE = 2;

    private final MagazineStore store;
    private final MagazineShares shares;
    private final int count;

    /** Made for the first virtual thread; written once under this object's monitor. */
    private volatile Stripes stripes;

    /** Frees by stripes that were forgotten at the close. Written under this object's monitor. */
    private volatile long retiredFrees;

    StripedPath(MagazineStore store, MagazineShares shares, int count) {
        this.count = count;
        this.store = store;
        this.shares = shares;
    }

    /**
     * An object from the loaded magazine of a stripe, or 0. Goes without a reserve of stack, which would take longer than
     * all else: a pop happens wholly or not at all, and a stripe is returned by a store if no stack is left for a call.
     */
    long pop() {
        ThreadCache stripe = tryHoldMade();
        if (stripe == null) {
            return 0;
        }
        try {
            long address = stripe.pop();
            stripe.release();
            return address;
        } catch (StackOverflowError e) {
            stripe.held = 0;
            throw e;
        }
    }

    /** The mirror of {@link #pop}: whether an object found room in the loaded magazine of a stripe. */
    boolean push(long address) {
        ThreadCache stripe = tryHoldMade();
        if (stripe == null) {
            return false;
        }
        try {
            boolean pushed = stripe.push(address);
            stripe.release();
            return pushed;
        } catch (StackOverflowError e) {
            stripe.held = 0;
            throw e;
        }
    }

    /** A stripe, or null if all are in use or none was made yet: that is for the slower ways. */
    private ThreadCache tryHoldMade() {
        Stripes made = stripes;
        return made == null ? null : made.tryHold();
    }

    /** An object, or 0 at the bound. */
    long allocate() {
        long address = allocate(true);
        return address != 0 ? address : store.takeOne();
    }

    /** An object from a stripe or the depot, waiting for nothing; or 0. */
    long allocateCached() {
        return allocate(false);
    }

    private long allocate(boolean fromSlabs) {
        StackReserve.claim(EXCHANGE);
        ThreadCache stripe = stripes().tryHold();
        if (stripe == null) {
            return 0;
        }
        try {
            boolean isNew = stripe.capacity() == 0;
            shares.fit(stripe);
            if (stripe.swapToPop()) {
                return stripe.pop();
            }
            if (!isNew) {
                shares.grow(stripe);
            }
            return load(stripe, fromSlabs) ? stripe.pop() : 0;
        } finally {
            putBack(stripe);
        }
    }

    /** Loads a magazine with objects in the place of the empty one. */
    private boolean load(ThreadCache stripe, boolean fromSlabs) {
        if (stripe.capacity() == 0) {
            return false;
        }
        Magazine empty = stripe.unload();
        Magazine full = store.depot.tryExchangeForFull(empty);
        if (full == null && fromSlabs) {
            empty.size = store.supply.tryRefillFromFree(empty.queue, 0, empty.queue.length);
            full = empty;
        }
        if (full != null) {
            stripe.load(full);
        }
        return full != null && full.size > 0;
    }

    /** Takes an object back, into the slab list if the heap has no room for a magazine. */
    void free(long address) {
        boolean pushed;
        try {
            pushed = pushed(address);
        } catch (OutOfMemoryError e) {
            // Thrown by the making of stripes, before the object has found a place.
            pushed = false;
        }
        if (!pushed) {
            store.supply.free(address);
        }
    }

    /** Pushes to a stripe, after making room there if that needs no waiting. */
    private boolean pushed(long address) {
        StackReserve.claim(EXCHANGE);
        ThreadCache stripe = stripes().tryHold();
        if (stripe == null) {
            return false;
        }
        try {
            shares.fit(stripe);
            return (stripe.swapToPush() || makeRoom(stripe)) && stripe.push(address);
        } finally {
            putBack(stripe);
        }
    }

    private boolean makeRoom(ThreadCache stripe) {
        shares.grow(stripe);
        if (stripe.swapToPush()) {
            return true;
        }
        Magazine cold = stripe.previous;
        if (cold.size == 0) {
            return false;
        }
        Magazine empty = store.givePrevious(stripe, false);
        if (empty == null && store.tryEmpty(cold)) {
            empty = cold;
        }
        if (empty != null) {
            stripe.shift(empty);
        }
        return empty != null;
    }

    /**
     * Returns a stripe into which a magazine may have been loaded, perhaps after a close had wiped it. The fence is one half
     * of what {@link MagazineLayer#wipe} needs.
     */
    private void putBack(ThreadCache stripe) {
        VarHandle.fullFence();
        if (store.supply.isClosed()) {
            stripe.wipe();
        }
        stripe.release();
    }

    /**
     * Moves all objects of stripes that are not in use to the slab layer. Waits for locks while it holds a stripe, for
     * which other threads do not wait.
     */
    void drain() {
        for (ThreadCache stripe : all()) {
            if (stripe.tryHold()) {
                try {
                    store.emptyMagazines(stripe);
                } finally {
                    putBack(stripe);
                }
            }
        }
    }

    /** The stripes in existence, for statistics. */
    List<ThreadCache> all() {
        Stripes made = stripes;
        return made == null ? List.of() : made.all();
    }

    /**
     * Forgets the stripes and makes no more.
     *
     * @return the stripes that were forgotten
     */
    synchronized List<ThreadCache> close() {
        List<ThreadCache> forgotten = all();
        retiredFrees += forgotten.stream().mapToLong(ThreadCache::frees).sum();
        stripes = new Stripes(0);
        return forgotten;
    }

    long retiredFrees() {
        return retiredFrees;
    }

    private Stripes stripes() {
        Stripes made = stripes;
        return made != null ? made : makeStripes();
    }

    private synchronized Stripes makeStripes() {
        if (stripes == null) {
            stripes = new Stripes(count);
        }
        return stripes;
    }
}

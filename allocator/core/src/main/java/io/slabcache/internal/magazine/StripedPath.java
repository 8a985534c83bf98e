package io.slabcache.internal.magazine;

import io.slabcache.internal.util.StackReserve;
import java.lang.invoke.VarHandle;
import java.util.List;

/**
 * The path of a virtual thread: a stripe that it holds for a few instructions or, failing that, single objects.
 *
 * <p>A stripe is refilled and emptied while it is held, by calls that do not wait for a lock. So no magazine is ever in
 * transit, stripes hold everything that virtual threads cache, and the {@link MagazineBudget} accounts for all of it.
 */
final class StripedPath {
    /** In stack reserves: enough to exchange magazines and return the stripe. */
    private static final int EXCHANGE = 2;

    private final MagazineStore store;
    private final MagazineShares shares;
    private final int count;

    /** Made for the first virtual thread. Written once under this object's monitor. */
    private volatile Stripes stripes;

    /** Frees by stripes that the close has dropped. Written under this object's monitor. */
    private volatile long retiredFrees;

    StripedPath(MagazineStore store, MagazineShares shares, int count) {
        this.count = count;
        this.store = store;
        this.shares = shares;
    }

    /**
     * Pops from the loaded magazine of a stripe; or 0. Claims no stack, because that would cost more than all the rest.
     * A stack overflow cannot split a pop; if it prevents a call, the store to a field returns the stripe.
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

    /** The mirror of {@link #pop}: returns whether an object found room in the loaded magazine of a stripe. */
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

    /** Takes a stripe; null if all are in use or none was made yet, which the slower paths handle. */
    private ThreadCache tryHoldMade() {
        Stripes made = stripes;
        return made == null ? null : made.tryHold();
    }

    /** Allocates; 0 at the bound. */
    long allocate() {
        long address = allocate(true);
        return address != 0 ? address : store.takeOne();
    }

    /** Allocates from a stripe or the depot without waiting; or 0. */
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

    /** Replaces the empty loaded magazine by one with objects. */
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

    /** Frees, to the slab list if the heap has no room for a magazine. */
    void free(long address) {
        boolean pushed;
        try {
            pushed = pushed(address);
        } catch (OutOfMemoryError e) {
            // The stripes could not be made, and the object has found no place yet.
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
     * Returns a stripe that may have loaded a magazine after a close had wiped it. The fence is the counterpart of the
     * fence in {@link MagazineLayer#wipe}.
     */
    private void putBack(ThreadCache stripe) {
        VarHandle.fullFence();
        if (store.supply.isClosed()) {
            stripe.wipe();
        }
        stripe.release();
    }

    /**
     * Moves the objects of all unused stripes to the slab layer. It waits for locks while it holds a stripe; other
     * threads do not wait for a stripe.
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

    /** The existing stripes, for statistics. */
    List<ThreadCache> all() {
        Stripes made = stripes;
        return made == null ? List.of() : made.all();
    }

    /**
     * Drops the stripes and makes no more.
     *
     * @return the dropped stripes
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

package io.slabcache.internal.magazine;

import java.util.List;

/**
 * How a virtual thread allocates and frees: on a stripe that it holds for a few instructions, or, if that does not
 * serve, with a magazine of its own that it fetches or fills while holding nothing and then offers to a stripe.
 */
final class StripedPath {
    private final MagazineStore store;
    private final MagazineBudget budget;

    /** Made for the first virtual thread; written once under this object's monitor. */
    private volatile Stripes stripes;

    /** Frees by stripes that were forgotten at the close. Written under this object's monitor. */
    private volatile long retiredFrees;

    StripedPath(MagazineStore store, MagazineBudget budget) {
        this.store = store;
        this.budget = budget;
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
            putBack(stripe);
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
            putBack(stripe);
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
        long address = allocateCached();
        return address != 0 ? address : allocateFetched();
    }

    /** An object from a stripe or the depot, waiting for nothing; or 0. */
    long allocateCached() {
        ThreadCache stripe = stripes().tryHold();
        if (stripe == null) {
            return 0;
        }
        try {
            if (!stripe.swapToPop()) {
                Magazine full = store.depot.tryExchangeForFull(stripe.unload());
                if (full == null) {
                    return 0;
                }
                stripe.load(full);
            }
            return stripe.pop();
        } finally {
            putBack(stripe);
        }
    }

    private long allocateFetched() {
        if (stripes().all().isEmpty()) {
            return store.supply.takeOne();
        }
        Magazine magazine = store.fetch();
        if (magazine == null) {
            return 0;
        }
        long address = magazine.queue[--magazine.size];
        store.dispose(offer(magazine));
        return address;
    }

    /** Leaves a magazine with some stripe whose loaded one is empty; returns the one that is left over. */
    private Magazine offer(Magazine magazine) {
        // Makes no stripes: an object is on its way, and the heap may be full.
        ThreadCache stripe = tryHoldMade();
        if (stripe == null) {
            return magazine;
        }
        try {
            return stripe.swapToPop() ? magazine : stripe.replaceLoaded(magazine);
        } finally {
            putBack(stripe);
        }
    }

    /** Takes an object back, into the slab list if the heap has no room for a magazine. */
    void free(long address) {
        boolean pushed;
        try {
            pushed = pushed(address) || pushedBeside(address);
        } catch (OutOfMemoryError e) {
            // Thrown by the making of stripes or of a magazine, before the object has found a place.
            pushed = false;
        }
        if (!pushed) {
            store.supply.free(address);
        }
    }

    /** Pushes to a stripe, with the depot's help if that needs no waiting. */
    private boolean pushed(long address) {
        ThreadCache stripe = stripes().tryHold();
        if (stripe == null) {
            return false;
        }
        try {
            if (!stripe.swapToPush()) {
                Magazine empty = store.depot.tryExchangeForEmpty(stripe.previous);
                if (empty == null) {
                    return false;
                }
                stripe.shift(empty);
            }
            return stripe.push(address);
        } finally {
            putBack(stripe);
        }
    }

    /** Pushes to a stripe after giving it an empty magazine, fetched while holding nothing. */
    private boolean pushedBeside(long address) {
        Magazine spare = store.depot.takeEmpty();
        ThreadCache stripe = stripes().tryHold();
        boolean pushed = false;
        if (stripe != null) {
            try {
                if (!stripe.swapToPush()) {
                    spare = stripe.shift(spare);
                }
                pushed = stripe.push(address);
            } finally {
                putBack(stripe);
            }
        }
        store.dispose(spare);
        return pushed;
    }

    /** A close may have wiped the stripe while it was held, and what was loaded since is to go, too. */
    private void putBack(ThreadCache stripe) {
        if (store.supply.isClosed()) {
            stripe.wipe();
        }
        stripe.release();
    }

    /** Moves all objects of stripes that are not in use to the slab layer. */
    void drain() {
        for (ThreadCache stripe : all()) {
            if (stripe.tryHold()) {
                Magazine loaded;
                Magazine previous;
                try {
                    // Both first: the heap may have no room for the second.
                    Magazine one = new Magazine(stripe.capacity());
                    Magazine other = new Magazine(stripe.capacity());
                    loaded = stripe.replaceLoaded(one);
                    previous = stripe.shift(other);
                } finally {
                    putBack(stripe);
                }
                store.dispose(loaded);
                store.dispose(previous);
            }
        }
    }

    /** The stripes in existence, for statistics. */
    List<ThreadCache> all() {
        Stripes made = stripes;
        return made == null ? List.of() : made.all();
    }

    /**
     * Forgets the stripes, once the budget is exhausted for good, so that no more are made.
     *
     * @return the stripes that were forgotten
     */
    synchronized List<ThreadCache> close() {
        List<ThreadCache> forgotten = all();
        retiredFrees += forgotten.stream().mapToLong(ThreadCache::frees).sum();
        stripes = new Stripes(budget);
        return forgotten;
    }

    long retiredFrees() {
        return retiredFrees;
    }

    /** None if the budget was spent; then they are made when threads have given some of it back. */
    private Stripes stripes() {
        Stripes made = stripes;
        return made != null && (!made.all().isEmpty() || !budget.isLeft()) ? made : makeStripes();
    }

    private synchronized Stripes makeStripes() {
        if (stripes == null || stripes.all().isEmpty()) {
            stripes = new Stripes(budget);
        }
        return stripes;
    }
}

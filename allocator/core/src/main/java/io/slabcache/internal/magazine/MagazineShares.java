package io.slabcache.internal.magazine;

import io.slabcache.internal.util.StackReserve;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The size of each owner's magazines. It starts small. It doubles after a visit of the slow path that found both
 * magazines empty or both full, or after a number of swaps without a visit, up to the size that the depot recommends.
 * The {@link MagazineBudget} may allow less, and is asked again at each visit.
 *
 * <p>Called by the owner of the cache: its thread, or the thread that holds the stripe.
 */
final class MagazineShares {
    /** Refused requests after which other owners are asked to make room. */
    private static final int SHORTAGES = 64;

    /** The same, if asking has made no room lately. */
    private static final int MOST_SHORTAGES = 4096;

    /** The smallest share with magazines, in places: one in each magazine, and the spare object. */
    private static final int SMALLEST = MagazineBudget.share(1);

    /** In stack reserves: enough to move the objects of a cache. */
    private static final int MOVE = 8;

    private final MagazineBudget budget;
    private final MagazineSize size;
    private final MagazineStore store;

    /** Refused requests since other owners were last asked to make room. */
    private final AtomicInteger shortages = new AtomicInteger();

    /** The value of {@code shortages} at which other owners are asked again. */
    private volatile int tolerated = SHORTAGES;

    MagazineShares(MagazineBudget budget, MagazineSize size, MagazineStore store) {
        this.budget = budget;
        this.size = size;
        this.store = store;
    }

    /** Enlarges a cache's magazines, if use may ask for larger ones. */
    void grow(ThreadCache own) {
        if (wantMore(own)) {
            fit(own);
        }
    }

    private boolean wantMore(ThreadCache own) {
        boolean isMore = own.wanted < size.full();
        if (isMore) {
            own.wanted = Math.min(2 * own.wanted, size.full());
        }
        return isMore;
    }

    /** Enlarges a cache's magazines to hold this many objects, as far as allowed. */
    void growTo(ThreadCache own, int objects) {
        int needed = Math.min(size.full(), objects / 2 + objects % 2);
        own.wanted = Math.max(own.wanted, needed);
        fit(own);
    }

    /** Gives a cache magazines of the size that it should have now. Keeps all objects that fit. */
    void fit(ThreadCache own) {
        own.endPromise();
        if (!own.isCounted) {
            own.isCounted = true;
            budget.enter();
        }
        if (own.swaps >= MagazinePair.MOST_SWAPS) {
            wantMore(own);
        }
        own.swaps = 0;
        int before = own.share;
        int fair = budget.fair();
        int wanted = MagazineBudget.share(Math.min(own.wanted, size.full()));
        int after = Math.min(wanted, fair);
        if (wanted > fair) {
            // Many owners make its share small, and some of them may be idle.
            noteSmallShare(own);
        }
        if (after > before) {
            enlarge(own, after);
        } else if (after < before) {
            reduce(own, after);
        }
    }

    /** Enlarges to the wanted size or, if the budget is too small, to a smaller one. */
    private void enlarge(ThreadCache own, int wanted) {
        StackReserve.claim(MOVE);
        int before = own.share;
        int after = wanted;
        noteShortage(own, !budget.isLeft(before, wanted));
        int least = Math.max(before + 1, SMALLEST);
        while (after >= least && !budget.change(before, after)) {
            after /= 2;
        }
        if (after >= least && !replace(own, after)) {
            budget.change(after, before);
        }
    }

    /** Notes a refused request. An owner's first one counts as many, because idle owners may hold the whole budget. */
    private void noteShortage(ThreadCache own, boolean isShort) {
        if (isShort) {
            shortages.addAndGet(own.isShort ? 1 : MOST_SHORTAGES);
        }
        own.isShort = isShort;
    }

    /** Adds small shares up, because all owners write the shared counter. */
    private void noteSmallShare(ThreadCache own) {
        if (++own.smallShares == SHORTAGES) {
            own.smallShares = 0;
            shortages.addAndGet(SHORTAGES);
        }
    }

    /** Whether other owners should make room now. */
    boolean isRoomNeeded() {
        return shortages.get() >= tolerated;
    }

    /** Notes a request for room. More owners and less success make requests rarer. */
    void roomMade(int asked, boolean helped) {
        shortages.set(0);
        int before = helped ? SHORTAGES : Math.min(2 * tolerated, MOST_SHORTAGES);
        tolerated = Math.max(before, asked);
    }

    private void reduce(ThreadCache own, int after) {
        StackReserve.claim(MOVE);
        int before = own.share;
        Magazine loaded = own.unload();
        Magazine previous = own.previous;
        if (replace(own, after)) {
            store.dispose(loaded);
            store.dispose(previous);
            // Last, so that objects in transit stay counted.
            budget.change(before, after);
        }
    }

    /** Moves the objects that fit to new magazines; false, and nothing changed, if the heap has no room for these. */
    private boolean replace(ThreadCache own, int share) {
        Magazine one;
        Magazine other;
        try {
            one = store.depot.make(share / 2);
            other = store.depot.make(Math.max(share - 1, 0) / 2);
        } catch (OutOfMemoryError e) {
            return false;
        }
        one.pour(own.unload());
        other.pour(own.previous);
        own.load(one);
        own.previous = other;
        own.share = share;
        return true;
    }

    /** Gives up magazines and spare object until the next visit of the slow path. */
    void release(ThreadCache own) {
        long spare = own.takeSpareAway();
        if (spare != 0) {
            store.supply.putBack(spare);
        }
        reduce(own, 0);
        leave(own);
    }

    private void leave(ThreadCache own) {
        if (own.isCounted) {
            own.isCounted = false;
            budget.leave();
        }
    }
}

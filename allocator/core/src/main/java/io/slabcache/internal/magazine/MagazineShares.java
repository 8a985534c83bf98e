package io.slabcache.internal.magazine;

import io.slabcache.internal.util.StackReserve;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * How large the magazines of each owner are: small at first, and twice as large after each visit of the slow path that
 * found both empty or both full, or after a number of swaps without one, up to the size
 * that the depot's experience asks for. The {@link MagazineBudget} may allow less, and is asked again at each visit.
 *
 * <p>Called by the owner of the cache: its thread, or the thread that holds the stripe.
 */
final class MagazineShares {
    /** Visits of owners that were short, until others are asked to make room. */
    private static final int SHORTAGES = 64;

    /** The same where asking them made no room lately. */
    private static final int MOST_SHORTAGES = 4096;

    /** Reserves of stack for moving the objects of a cache. */
    private static final int MOVE = 8;

    private final MagazineBudget budget;
    private final MagazineSize size;
    private final MagazineStore store;

    /** Visits by owners that did not get what they asked for, since others were last asked to make room. */
    private final AtomicInteger shortages = new AtomicInteger();

    /** So many are the time to ask again. */
    private volatile int tolerated = SHORTAGES;

    MagazineShares(MagazineBudget budget, MagazineSize size, MagazineStore store) {
        this.budget = budget;
        this.size = size;
        this.store = store;
    }

    /** Gives a cache larger magazines than it has, if they may be larger. */
    void grow(ThreadCache own) {
        wantMore(own);
        fit(own);
    }

    private void wantMore(ThreadCache own) {
        if (own.wanted < size.full()) {
            own.wanted = Math.min(2 * own.wanted, size.full());
        }
    }

    /** Gives a cache magazines that hold so many objects, as far as they may. */
    void growTo(ThreadCache own, int objects) {
        int needed = Math.min(size.full(), objects / 2 + objects % 2);
        own.wanted = Math.max(own.wanted, needed);
        fit(own);
    }

    /** Gives a cache magazines of the size that it should have now. Keeps all objects that find room. */
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
        int before = own.capacity();
        int fair = budget.fair();
        int wanted = Math.min(own.wanted, size.full());
        int after = Math.min(wanted, fair);
        if (wanted > fair) {
            // Its share is small because there are many owners, of which some may be idle.
            noteSmallShare(own);
        }
        if (after > before) {
            enlarge(own, after);
        } else if (after < before) {
            reduce(own, after);
        }
    }

    /** To the size that is asked for or, if the budget has less left, to a smaller one. */
    private void enlarge(ThreadCache own, int wanted) {
        StackReserve.claim(MOVE);
        int before = own.capacity();
        int after = wanted;
        noteShortage(own, !budget.isLeft(before, wanted));
        while (after > before && !budget.change(before, after)) {
            after /= 2;
        }
        if (after > before && !replace(own, after)) {
            budget.change(after, before);
        }
    }

    /** The first one of an owner counts as many: the others may have all there is, and none of them comes by. */
    private void noteShortage(ThreadCache own, boolean isShort) {
        if (isShort) {
            shortages.addAndGet(own.isShort ? 1 : MOST_SHORTAGES);
        }
        own.isShort = isShort;
    }

    /** Not each time in the counter that all owners write. */
    private void noteSmallShare(ThreadCache own) {
        if (++own.smallShares == SHORTAGES) {
            own.smallShares = 0;
            shortages.addAndGet(SHORTAGES);
        }
    }

    /** Whether it is time that others make room. */
    boolean isRoomNeeded() {
        return shortages.get() >= tolerated;
    }

    /** Notes that they were asked to. The more there are to be asked, and the less it helps, the less often they are. */
    void roomMade(int asked, boolean helped) {
        shortages.set(0);
        int before = helped ? SHORTAGES : Math.min(2 * tolerated, MOST_SHORTAGES);
        tolerated = Math.max(before, asked);
    }

    private void reduce(ThreadCache own, int after) {
        StackReserve.claim(MOVE);
        int before = own.capacity();
        Magazine loaded = own.unload();
        Magazine previous = own.previous;
        if (replace(own, after)) {
            store.dispose(loaded);
            store.dispose(previous);
            // Last: what is on its way is counted as long as it is.
            budget.change(before, after);
        }
    }

    /** Moves what finds room to new magazines; false, and nothing changed, if the heap has no room for these. */
    private boolean replace(ThreadCache own, int capacity) {
        Magazine one;
        Magazine other;
        try {
            one = store.depot.make(capacity);
            other = store.depot.make(capacity);
        } catch (OutOfMemoryError e) {
            return false;
        }
        one.pour(own.unload());
        other.pour(own.previous);
        own.load(one);
        own.previous = other;
        return true;
    }

    /** Gives up magazines and spare object, until the next visit of the slow path. */
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

package io.slabcache.internal.magazine;

import io.slabcache.internal.util.CountedLock;
import java.util.List;

/** Takes the magazines of threads that do not use them: all of them for a shrink, some for threads that found none left. */
final class IdleCaches {
    /** Looks in a row that found a thread idle, before a thread that is short of magazines takes them. */
    private static final int IDLE_LOOKS = 4;

    /** Held for a look at all caches. Taken with nothing held; the lock of the {@link Revocation} is taken under it. */
    private final CountedLock looking = new CountedLock();

    private final ThreadCaches caches;
    private final MagazineBudget budget;
    private final MagazineShares shares;
    private final Revocation revocation;

    /** What the last shrink could not reach: idle caches whose owners did not wait, and the objects in them. */
    private volatile Unreached unreached = new Unreached(0, 0);

    IdleCaches(ThreadCaches caches, MagazineBudget budget, MagazineShares shares, Revocation revocation) {
        this.caches = caches;
        this.budget = budget;
        this.shares = shares;
        this.revocation = revocation;
    }

    /** Moves to the slab layer what threads have cached that did nothing since the call before. */
    void takeAll() {
        looking.lockMounted();
        try {
            takeAllLocked();
        } finally {
            looking.unlockMounted();
        }
    }

    private void takeAllLocked() {
        int missed = 0;
        long objects = 0;
        for (ThreadCache cache : caches.all()) {
            int cached = cache.cached();
            boolean isIdle = cache.sinceShrink.look(cache.frees(), cached) > 0;
            // Also one that has nothing but the live bytes of a slab that is gone.
            if (isIdle && (cached > 0 || cache.keepsDeparted()) && !take(cache) && cached > 0) {
                missed++;
                objects += cached;
            }
        }
        unreached = new Unreached(missed, objects);
    }

    private boolean take(ThreadCache cache) {
        Thread owner = cache.owner();
        if (owner == Thread.currentThread()) {
            revocation.restore(cache);
            shares.release(cache);
            return true;
        }
        return owner != null && revocation.take(cache, owner);
    }

    /**
     * Makes room in the budget: sends owners that have more than their fair share to the slow path, where they give that
     * up, and takes the magazines of those that wait and were idle for some time.
     *
     * @param stripes of virtual threads
     * @param isEnough whether room was made already
     * @return false if another thread is at it, and this one did nothing
     */
    boolean makeRoom(List<ThreadCache> stripes, boolean isEnough) {
        if (!looking.tryLockMounted()) {
            return false;
        }
        try {
            makeRoomLocked(stripes, isEnough);
            return true;
        } finally {
            looking.unlockMounted();
        }
    }

    private void makeRoomLocked(List<ThreadCache> stripes, boolean isEnough) {
        List<ThreadCache> all = caches.all();
        boolean helped = isEnough;
        for (ThreadCache cache : all) {
            helped |= makeRoom(cache);
        }
        for (ThreadCache stripe : stripes) {
            helped |= makeRoomInStripe(stripe);
        }
        shares.roomMade(all.size() + stripes.size(), helped);
    }

    private boolean makeRoom(ThreadCache cache) {
        int idleLooks = cache.sinceShortage.look(cache.frees(), cache.cached());
        if (!cache.isCounted || cache.isPromised()) {
            return false;
        }
        Thread owner = cache.owner();
        if (idleLooks >= IDLE_LOOKS && isWaiting(owner)) {
            return revocation.take(cache, owner);
        }
        if (cache.capacity() > budget.fair()) {
            revocation.send(cache);
            return true;
        }
        // Not until it was seen idle often enough.
        return idleLooks > 0 && isWaiting(owner);
    }

    /** Before the look at its stack, for which a thread that is ready to run would have to be waited for. */
    private static boolean isWaiting(Thread owner) {
        if (owner == null) {
            return false;
        }
        Thread.State state = owner.getState();
        return state == Thread.State.WAITING || state == Thread.State.TIMED_WAITING;
    }

    private boolean makeRoomInStripe(ThreadCache stripe) {
        int before = stripe.capacity();
        if (stripe.isCounted && stripe.tryHold()) {
            try {
                if (stripe.sinceShortage.look(stripe.frees(), stripe.cached()) >= IDLE_LOOKS) {
                    shares.release(stripe);
                } else {
                    shares.fit(stripe);
                }
            } finally {
                stripe.release();
            }
        }
        return stripe.capacity() < before;
    }

    Unreached unreached() {
        return unreached;
    }

    /** What a shrink could not reach: how many caches, and the objects in them. */
    record Unreached(int caches, long objects) {}
}

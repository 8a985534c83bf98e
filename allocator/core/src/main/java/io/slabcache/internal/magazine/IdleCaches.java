package io.slabcache.internal.magazine;

import io.slabcache.internal.util.CountedLock;
import java.util.List;

/** Takes the magazines of idle threads: all of them for a shrink, some for threads that found no budget left. */
final class IdleCaches {
    /** The looks in a row that must find a thread idle before other threads may take its magazines. */
    private static final int IDLE_LOOKS = 4;

    /** Held during a look at all caches. First in the lock order; the lock of the {@link Revocation} comes second. */
    private final CountedLock looking = new CountedLock();

    private final ThreadCaches caches;
    private final MagazineBudget budget;
    private final MagazineShares shares;
    private final Revocation revocation;

    /** Idle caches that the last shrink could not take because their owners did not wait. */
    private volatile Unreached unreached = new Unreached(0, 0);

    IdleCaches(ThreadCaches caches, MagazineBudget budget, MagazineShares shares, Revocation revocation) {
        this.caches = caches;
        this.budget = budget;
        this.shares = shares;
        this.revocation = revocation;
    }

    /** Moves the objects of threads that were idle since the previous call to the slab layer. */
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
            // Includes a cache that has only the live bytes of a removed slab.
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
     * Makes room in the budget. Sends owners with more than their fair share to the slow path, where they give up the
     * excess, and takes the magazines of waiting owners that were idle for some time.
     *
     * @param stripes of virtual threads
     * @param isEnough whether room was made already
     * @return false if another thread is doing this, and nothing was done
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
        if (cache.share > budget.fair()) {
            revocation.send(cache);
            return true;
        }
        // No help, even if it looks idle: a thread that waits for a lock of this cache does, too. The less looks help,
        // the less often they are made.
        return false;
    }

    /** Tested before the look at the stack, which would have to wait for a runnable thread. */
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

    /** The caches that a shrink could not take, and their objects. */
    record Unreached(int caches, long objects) {}
}

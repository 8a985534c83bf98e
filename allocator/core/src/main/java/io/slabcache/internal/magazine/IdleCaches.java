package io.slabcache.internal.magazine;

import io.slabcache.internal.util.CountedLock;
import io.slabcache.internal.util.Waiting;
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
    private volatile Unreachable unreachable = new Unreachable(0, 0);

    IdleCaches(ThreadCaches caches, MagazineBudget budget, MagazineShares shares, Revocation revocation) {
        this.caches = caches;
        this.budget = budget;
        this.shares = shares;
        this.revocation = revocation;
    }

    /** Moves to the slab layer what threads have cached that did nothing since the call before. */
    void takeAll() {
        looking.lock();
        try {
            Waiting.mounted(this::takeAllLocked);
        } finally {
            looking.unlock();
        }
    }

    private boolean takeAllLocked() {
        int missed = 0;
        long objects = 0;
        for (ThreadCache cache : caches.all()) {
            int cached = cache.cached();
            if (cache.sinceShrink.look(cache) > 0 && cached > 0 && !take(cache)) {
                missed++;
                objects += cached;
            }
        }
        unreachable = new Unreachable(missed, objects);
        return missed == 0;
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
     * @return how many caches it looked at; 0 if another thread is at it
     */
    int makeRoom(List<ThreadCache> stripes) {
        if (!looking.tryLock()) {
            return 0;
        }
        try {
            int[] looks = new int[1];
            Waiting.mounted(() -> {
                List<ThreadCache> all = caches.all();
                all.forEach(this::makeRoom);
                stripes.forEach(this::makeRoomInStripe);
                looks[0] = all.size() + stripes.size();
                return true;
            });
            return looks[0];
        } finally {
            looking.unlock();
        }
    }

    private void makeRoom(ThreadCache cache) {
        int idleLooks = cache.sinceShortage.look(cache);
        if (cache.capacity() == 0 || cache.isPromised()) {
            return;
        }
        Thread owner = cache.owner();
        if (idleLooks >= IDLE_LOOKS && isWaiting(owner)) {
            revocation.take(cache, owner);
        } else if (cache.capacity() > budget.fair()) {
            revocation.send(cache);
        }
    }

    /** Before the look at its stack, for which a thread that is ready to run would have to be waited for. */
    private static boolean isWaiting(Thread owner) {
        if (owner == null) {
            return false;
        }
        Thread.State state = owner.getState();
        return state == Thread.State.WAITING || state == Thread.State.TIMED_WAITING;
    }

    private void makeRoomInStripe(ThreadCache stripe) {
        if (stripe.capacity() > 0 && stripe.tryHold()) {
            try {
                if (stripe.sinceShortage.look(stripe) >= IDLE_LOOKS) {
                    shares.release(stripe);
                } else {
                    shares.fit(stripe);
                }
            } finally {
                stripe.release();
            }
        }
    }

    Unreachable unreachable() {
        return unreachable;
    }

    /** What a shrink could not reach: how many caches, and the objects in them. */
    record Unreachable(int caches, long objects) {}
}

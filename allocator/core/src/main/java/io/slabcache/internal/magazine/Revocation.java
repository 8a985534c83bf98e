package io.slabcache.internal.magazine;

import io.slabcache.internal.slab.SlabSupply;
import io.slabcache.internal.util.CountedLock;
import java.util.function.Predicate;

/**
 * Takes the magazines of another thread. The owner's fast paths have no code for this. The protocol:
 *
 * <ol>
 *   <li>The taker acquires the lock and publishes the revocation: a queue without slots and no spare object. Once the
 *       owner reads these, each of its calls ends on the slow path and waits there for the lock.
 *   <li>The taker looks at the owner's stack. The JVM stops the owner for that, so the owner sees the revocation before
 *       it continues, and the taker sees everything that the owner wrote before it stopped. If the owner waits in a
 *       call of the JDK and no method of ours is on its stack, no register holds a field of its cache: it will read the
 *       fields again.
 *   <li>The taker checks that the cache is still revoked. The owner may have been exchanging magazines, and may have
 *       loaded one after the first step. If the cache is still revoked and the owner waits, the taker takes everything.
 *       Otherwise it takes nothing.
 *   <li>The owner may wake up at any moment after the look, also in the middle of the taking. Whatever it calls then
 *       reads queue and spare object first, finds both revoked, reads and writes nothing else that the taker uses, and
 *       waits on the slow path. So each method that pops, pushes, hands out the spare object or takes it back refuses
 *       while that is revoked, even if what it compares is something else.
 * </ol>
 *
 * The taker never makes the cache usable again. The owner does, on its slow path and under the lock: {@link #restore}.
 */
final class Revocation {
    private final CountedLock lock = new CountedLock();
    private final SlabSupply supply;
    private final MagazineBudget budget;
    private final Predicate<Thread> waits;

    /** Counts the transfers of this and of the {@link MagazineStore}. */
    final Transfers transfers = new Transfers();

    /**
     * Makes a way to take magazines.
     *
     * @param waits whether a thread waits outside our code; stops the thread to find out
     */
    Revocation(SlabSupply supply, MagazineBudget budget, Predicate<Thread> waits) {
        this.supply = supply;
        this.budget = budget;
        this.waits = waits;
    }

    /** Makes a cache usable again. For its owner, on the slow path, with nothing held. */
    void restore(ThreadCache own) {
        lock.lock();
        try {
            own.restore();
        } finally {
            lock.unlock();
        }
    }

    /** Like {@link #restore}; false if it would have to wait for the lock. */
    boolean tryRestore(ThreadCache own) {
        if (!lock.tryLock()) {
            return false;
        }
        try {
            own.restore();
            return true;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Sends the owner to its slow path soon. An owner that is exchanging magazines may miss this, but is on the slow
     * path then.
     */
    void send(ThreadCache cache) {
        lock.lock();
        try {
            cache.revokeQueue();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Moves all objects that a waiting thread has cached to the slab layer.
     *
     * @return false, with the cache unchanged, if the thread does not wait
     */
    boolean take(ThreadCache cache, Thread owner) {
        lock.lockMounted();
        try {
            cache.revokeQueue();
            cache.revokeSpare();
            boolean taken = waits.test(owner) && cache.isWhollyRevoked();
            if (taken) {
                empty(cache);
            }
            return taken;
        } finally {
            lock.unlockMounted();
        }
    }

    /** Moves all objects that a dead thread had cached to the slab layer. */
    void takeFromDead(ThreadCache cache) {
        lock.lockMounted();
        try {
            empty(cache);
        } finally {
            lock.unlockMounted();
        }
    }

    private void empty(ThreadCache cache) {
        transfers.begin();
        try {
            moveToSlabs(cache);
        } finally {
            transfers.end();
        }
    }

    /** Acquires the lock of the slab list while holding this one. */
    private void moveToSlabs(ThreadCache cache) {
        // The shared magazine without slots is empty.
        flush(cache.takePrevious());
        flush(cache.takeLoaded());
        long spare = cache.takeSpareAway();
        if (spare != 0) {
            supply.putBack(spare);
        }
        budget.change(cache.share, 0);
        cache.share = 0;
        if (cache.isCounted) {
            cache.isCounted = false;
            budget.leave();
        }
    }

    private void flush(Magazine magazine) {
        if (magazine.size > 0) {
            supply.flush(magazine.queue, 0, magazine.size);
        }
    }
}

package io.slabcache.internal.magazine;

import io.slabcache.internal.slab.SlabSupply;
import io.slabcache.internal.util.CountedLock;
import java.util.function.Predicate;

/**
 * How one thread takes the magazines of another. The fast paths of the owner know nothing of it; this is the protocol:
 *
 * <ol>
 *   <li>The taker holds the lock and publishes that the cache is revoked: a queue without places, and no spare object.
 *       From when the owner reads that, each of its calls ends on the slow path, and waits there for the lock.
 *   <li>The taker looks at the owner's stack. The virtual machine stops the owner for that, so the owner sees what was
 *       published before it goes on, and the taker sees all that the owner wrote before it stopped. If the owner waits in
 *       a call of the JDK and none of our methods is on its stack, it has no field of its cache in a register: it will
 *       read them again.
 *   <li>The taker looks whether the cache is still revoked: the owner may have been in the middle of an exchange of
 *       magazines, and may have loaded one after the first step. If it is, everything is taken. If not, or if the owner
 *       did not wait, nothing is.
 * </ol>
 *
 * The taker never makes the cache usable again. The owner does that on its slow path, behind the lock, with what it finds:
 * {@link #restore}.
 */
final class Revocation {
    private final CountedLock lock = new CountedLock();
    private final SlabSupply supply;
    private final MagazineBudget budget;
    private final Predicate<Thread> waits;

    /**
     * A way to take magazines.
     *
     * @param waits whether a thread waits outside of our code; stops it for the look
     */
    Revocation(SlabSupply supply, MagazineBudget budget, Predicate<Thread> waits) {
        this.supply = supply;
        this.budget = budget;
        this.waits = waits;
    }

    /** Makes a cache usable again. By its owner, on the slow path, with nothing held. */
    void restore(ThreadCache own) {
        lock.lock();
        try {
            own.restore();
        } finally {
            lock.unlock();
        }
    }

    /** {@link #restore}; false where that would have to wait for the lock. */
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

    /** Sends the owner to its slow path soon. It may miss this while it exchanges its magazines, on the slow path as well. */
    void send(ThreadCache cache) {
        lock.lock();
        try {
            cache.revokeQueue();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Moves all that a thread has cached to the slab layer, if the thread waits.
     *
     * @return false if it does not; then its cache stays as it is
     */
    boolean take(ThreadCache cache, Thread owner) {
        lock.lockMounted();
        try {
            cache.revoke();
            boolean taken = waits.test(owner) && cache.isWhollyRevoked();
            if (taken) {
                empty(cache);
            }
            return taken;
        } finally {
            lock.unlockMounted();
        }
    }

    /** Moves all that a dead thread had cached to the slab layer. */
    void takeFromDead(ThreadCache cache) {
        lock.lockMounted();
        try {
            empty(cache);
        } finally {
            lock.unlockMounted();
        }
    }

    /** The lock of the slab list is taken under this one. */
    private void empty(ThreadCache cache) {
        int capacity = cache.capacity();
        // The magazine that stands for none is empty.
        flush(cache.takePrevious());
        flush(cache.takeLoaded());
        long spare = cache.takeSpareAway();
        if (spare != 0) {
            supply.putBack(spare);
        }
        budget.change(capacity, 0);
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

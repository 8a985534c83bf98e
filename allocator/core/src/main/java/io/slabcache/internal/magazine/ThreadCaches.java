package io.slabcache.internal.magazine;

import io.slabcache.internal.util.CountedLock;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/**
 * Which thread has which cache, read without a lock and faster than a {@link ThreadLocal}. The caches of dead threads can
 * be taken out without waiting for the collector, and nothing here keeps a dead thread itself alive.
 *
 * <p>All caches are in a {@link ThreadTable}, which grows. In front of it is a table of fixed size, in which most threads
 * find themselves at once: its length need not be loaded before an entry can be, and the processor works on several
 * allocations at a time only if none of them waits for many loads in a row.
 */
public final class ThreadCaches {
    private static final int SMALLEST_CROWD = 32;

    /** Threads numbered in a row do not meet here; of 100 with far-apart numbers, 5 have to look further. 4 KiB. */
    private static final int NEAR_PLACES = 1 << 10;

    // Has no objects, no room and no owner: sends its user to the slow path. Never written.
    private static final ThreadCache NONE_CHECKED = new ThreadCache(null, 0, false);
    private static final ThreadCache NONE_TRUSTED = new ThreadCache(null, 0, true);

    // What a cache without magazines has, and a closed one. Never written.
    private static final ThreadCache[] NONE_NEAR_CHECKED = nearOf(NONE_CHECKED);
    private static final ThreadCache[] NONE_NEAR_TRUSTED = nearOf(NONE_TRUSTED);

    private final CountedLock lock = new CountedLock();
    private final boolean trusted;

    /** What a thread without a cache of its own gets. */
    private final ThreadCache none;

    /** Written under lock, read by anyone. */
    private final ThreadTable table;

    /**
     * At {@code threadId & (NEAR_PLACES - 1)} the cache of a thread with such a number, or {@link #none}. Written under
     * lock, read by anyone.
     */
    private ThreadCache[] near;

    /** Kept, because it is needed where the heap may be full. */
    private final Consumer<ThreadCache> insertNear = this::insertNear;

    /** Frees by threads that are gone. Guarded by lock. */
    private long retiredFrees;

    /** So many caches that it is time to look for dead threads. Guarded by lock. */
    private int crowd = SMALLEST_CROWD;

    /** Whether there were so many after the last registration. Written under lock, read by who was just registered. */
    private boolean crowded;

    /** Guarded by lock. */
    private boolean closed;

    ThreadCaches(MagazineBudget budget, boolean trusted) {
        this.trusted = trusted;
        this.none = none(trusted);
        this.table = new ThreadTable(none);
        this.near = budget.capacity() == 0 ? noneNear() : nearOf(none);
    }

    /** What stands for no cache, in this mode. */
    static ThreadCache none(boolean trusted) {
        return trusted ? NONE_TRUSTED : NONE_CHECKED;
    }

    private static ThreadCache[] nearOf(ThreadCache none) {
        ThreadCache[] near = new ThreadCache[NEAR_PLACES];
        Arrays.fill(near, none);
        return near;
    }

    private ThreadCache[] noneNear() {
        return trusted ? NONE_NEAR_TRUSTED : NONE_NEAR_CHECKED;
    }

    /** {@return what has no objects, no room and no owner} */
    ThreadCache none() {
        return none;
    }

    /**
     * The calling thread's cache, as far as it can be found without a lock.
     *
     * @return its cache, or one that has no objects, no room and no owner
     */
    public ThreadCache current() {
        return current(near);
    }

    /**
     * The table in which most threads find themselves at once, for a caller that looks for itself often.
     *
     * @return the table; after the close another one, by which the closed one can be let go
     */
    public ThreadCache[] near() {
        return near;
    }

    /**
     * {@link #current()} for a caller that keeps {@link #near()}: one load less, of which each has its price where the next
     * ones wait for it.
     *
     * @param near of these caches
     * @return as {@link #current()}
     */
    public ThreadCache current(ThreadCache[] near) {
        long id = Thread.currentThread().threadId();
        ThreadCache likely = near[nearPlace(id)];
        return likely.ownerId == id ? likely : table.find(id);
    }

    private static int nearPlace(long threadId) {
        return (int) threadId & (NEAR_PLACES - 1);
    }

    /**
     * The cache of the calling platform thread, made now if it has none, without magazines. {@link #none} once all this is
     * closed.
     */
    ThreadCache register(Thread thread) {
        ThreadCache found = table.find(thread.threadId());
        if (found != none) {
            return found;
        }
        lock.lock();
        try {
            return findOrAdd(thread);
        } finally {
            lock.unlock();
        }
    }

    /** {@link #register}, but {@link #none} where that would have to wait for the lock. */
    ThreadCache tryRegister(Thread thread) {
        ThreadCache found = table.find(thread.threadId());
        if (found != none || !lock.tryLock()) {
            return found;
        }
        try {
            return findOrAdd(thread);
        } finally {
            lock.unlock();
        }
    }

    /** Looks once more: without the lock, a table may be seen before its entries. */
    private ThreadCache findOrAdd(Thread thread) {
        assert lock.isHeld();
        ThreadCache found = table.find(thread.threadId());
        return found != none || closed ? found : add(thread);
    }

    /** All that the heap may have no room for comes before anything is changed. */
    private ThreadCache add(Thread thread) {
        table.reserve();
        ThreadCache cache = new ThreadCache(thread, 0, trusted);
        table.add(cache);
        insertNear(cache);
        crowded = table.count() >= crowd;
        return cache;
    }

    /** Whether {@link #retireDead} is due: twice as many threads as were alive at the last time. */
    boolean isCrowded() {
        return crowded;
    }

    /**
     * Removes the caches of dead threads; the end of a thread orders its last writes before this. Needs no heap: what they
     * had cached must not be lost for that.
     *
     * @return the first of them, linked to the others by {@code nextDead}; or {@code null}
     */
    ThreadCache retireDead() {
        lock.lock();
        try {
            ThreadCache first = table.removeDead();
            for (ThreadCache dead = first; dead != null; dead = dead.nextDead) {
                retire(dead);
            }
            if (first != null) {
                // Some of those that found their near place taken have it now.
                table.forEach(insertNear);
                table.shrink();
            }
            crowd = Math.max(2 * table.count(), SMALLEST_CROWD);
            crowded = false;
            return first;
        } finally {
            lock.unlock();
        }
    }

    private void retire(ThreadCache dead) {
        removeNear(dead);
        retiredFrees += dead.frees();
    }

    private void insertNear(ThreadCache cache) {
        int place = nearPlace(cache.ownerId);
        if (near[place] == none && near != noneNear()) {
            near[place] = cache;
        }
    }

    private void removeNear(ThreadCache cache) {
        int place = nearPlace(cache.ownerId);
        if (near[place] == cache) {
            near[place] = none;
        }
    }

    /**
     * Forgets all caches and takes in no more, so that nothing of a closed cache is kept here.
     *
     * @return the caches that were forgotten
     */
    List<ThreadCache> close() {
        lock.lock();
        try {
            List<ThreadCache> forgotten = table.all();
            closed = true;
            for (ThreadCache cache : forgotten) {
                retiredFrees += cache.frees();
                removeNear(cache);
            }
            table.clear();
            near = noneNear();
            return forgotten;
        } finally {
            lock.unlock();
        }
    }

    /** A copy, for statistics. */
    List<ThreadCache> all() {
        lock.lock();
        try {
            return table.all();
        } finally {
            lock.unlock();
        }
    }

    /** An estimate of the Java heap that the tables take, with 4-byte references. */
    long heapBytes() {
        lock.lock();
        try {
            return table.heapBytes() + (near == noneNear() ? 0 : NEAR_PLACES * 4L);
        } finally {
            lock.unlock();
        }
    }

    long retiredFrees() {
        lock.lock();
        try {
            return retiredFrees;
        } finally {
            lock.unlock();
        }
    }
}

package io.slabcache.internal.magazine;

import io.slabcache.internal.util.CountedLock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Which thread has which cache, read without a lock and faster than a {@link ThreadLocal}; and out of which the caches of
 * dead threads can be taken without waiting for the collector.
 *
 * <p>All caches are in a table indexed by thread number, which grows. In front of it is one of fixed size, in which most
 * threads find themselves at once: its length need not be loaded before an entry can be, and the processor works on several
 * allocations at a time only if none of them waits for many loads in a row.
 *
 * <p>A thread looks only for its own entry. It put that there itself, and every later table contains it for as long as
 * the thread lives; so a plain read of an old table is as good as one of the newest, and a table seen half-written only
 * sends the reader to {@link #register}, which looks under the lock.
 */
public final class ThreadCaches {
    /** Has no objects and no room and belongs to nobody: sends its user to the slow path. */
    static final ThreadCache NONE = new ThreadCache(null, 0);

    private static final int SMALLEST_TABLE = 16;

    private static final int SMALLEST_CROWD = 32;

    /** Threads numbered in a row do not meet here; of 100 with far-apart numbers, 5 have to look further. 4 KiB. */
    private static final int NEAR_PLACES = 1 << 10;

    private final CountedLock lock = new CountedLock();
    private final MagazineBudget budget;
    private final boolean trusted;

    /** Every registered cache. Guarded by lock. */
    private final List<ThreadCache> caches = new ArrayList<>();

    /** Frees by threads that are gone. Guarded by lock. */
    private long retiredFrees;

    /** Each cache at {@code threadId & (length - 1)} or behind it. Written under lock, read by anyone. */
    private ThreadCache[] table = new ThreadCache[SMALLEST_TABLE];

    /**
     * At {@code threadId & (NEAR_PLACES - 1)} the cache of a thread with such a number, or {@link #NONE}. Written under
     * lock, read by anyone.
     */
    private final ThreadCache[] near = new ThreadCache[NEAR_PLACES];

    /** So many caches that it is time to look for dead threads. Guarded by lock. */
    private int crowd = SMALLEST_CROWD;

    /** Whether there were so many after the last registration. Written under lock, read by who was just registered. */
    private boolean crowded;

    ThreadCaches(MagazineBudget budget, boolean trusted) {
        this.budget = budget;
        this.trusted = trusted;
        Arrays.fill(near, NONE);
    }

    /**
     * The calling thread's cache, as far as it can be found without a lock.
     *
     * @return its cache, or one that has no objects and no room and belongs to nobody
     */
    public ThreadCache current() {
        return current(near);
    }

    /** {@return the table in which most threads find themselves at once, for a caller that looks for itself often} */
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
        Thread thread = Thread.currentThread();
        long id = thread.threadId();
        ThreadCache likely = near[nearPlace(id)];
        return likely.ownerId == id ? likely : lookUp(thread);
    }

    private ThreadCache lookUp(Thread thread) {
        ThreadCache[] table = this.table;
        int place = (int) thread.threadId() & (table.length - 1);
        for (ThreadCache cache; (cache = table[place]) != null; place = (place + 1) & (table.length - 1)) {
            if (cache.owner == thread) {
                return cache;
            }
        }
        return NONE;
    }

    private static int nearPlace(long threadId) {
        return (int) threadId & (NEAR_PLACES - 1);
    }

    /** The cache of the calling platform thread, made now if it has none; without magazines if the budget is spent. */
    ThreadCache register(Thread thread) {
        ThreadCache found = lookUp(thread);
        if (found != NONE) {
            return found;
        }
        lock.lock();
        return registerAndUnlock(thread);
    }

    /** {@link #register}, but {@link #NONE} where that would have to wait for the lock. */
    ThreadCache tryRegister(Thread thread) {
        ThreadCache found = lookUp(thread);
        if (found != NONE) {
            return found;
        }
        return lock.tryLock() ? registerAndUnlock(thread) : NONE;
    }

    private ThreadCache registerAndUnlock(Thread thread) {
        int capacity = budget.take();
        boolean added = false;
        try {
            ThreadCache cache = new ThreadCache(thread, capacity, trusted);
            if ((caches.size() + 1) * 2 > table.length) {
                rebuild(caches.size() + 1);
            }
            added = caches.add(cache);
            crowded = caches.size() >= crowd;
            insert(cache, table);
            insertNear(cache);
            return cache;
        } finally {
            if (!added && capacity > 0) {
                // The heap had no room for it.
                budget.giveBack();
            }
            lock.unlock();
        }
    }

    /** Whether {@link #retireDead} is due: twice as many threads as were alive at the last time. */
    boolean isCrowded() {
        return crowded;
    }

    /** Removes the caches of dead threads and returns them; the end of a thread orders its last writes before this. */
    List<ThreadCache> retireDead() {
        lock.lock();
        try {
            List<ThreadCache> dead = new ArrayList<>();
            caches.removeIf(cache -> !cache.owner.isAlive() && dead.add(cache));
            if (!dead.isEmpty()) {
                for (int i = 0; i < dead.size(); i++) {
                    ThreadCache cache = dead.get(i);
                    removeNear(cache);
                    retiredFrees += cache.frees();
                    if (cache.capacity() > 0) {
                        budget.giveBack();
                    }
                }
                // Some of those that found their place taken have it now. Without a lambda: the heap may be full.
                for (int i = 0; i < caches.size(); i++) {
                    insertNear(caches.get(i));
                }
                rebuildIfThereIsRoom();
            }
            crowd = Math.max(2 * caches.size(), SMALLEST_CROWD);
            crowded = false;
            return dead;
        } finally {
            lock.unlock();
        }
    }

    /** Or leaves the dead in the table, where nobody looks for them: what they had cached must not be lost for that. */
    private void rebuildIfThereIsRoom() {
        try {
            rebuild(caches.size());
        } catch (OutOfMemoryError e) {
            // The next registration or end of a thread tries again.
        }
    }

    private void rebuild(int count) {
        int size = SMALLEST_TABLE;
        while (size < count * 2) {
            size *= 2;
        }
        ThreadCache[] rebuilt = new ThreadCache[size];
        for (ThreadCache cache : caches) {
            insert(cache, rebuilt);
        }
        table = rebuilt;
    }

    private static void insert(ThreadCache cache, ThreadCache[] into) {
        int place = (int) cache.owner.threadId() & (into.length - 1);
        while (into[place] != null) {
            place = (place + 1) & (into.length - 1);
        }
        into[place] = cache;
    }

    private void insertNear(ThreadCache cache) {
        int place = nearPlace(cache.ownerId);
        if (near[place] == NONE) {
            near[place] = cache;
        }
    }

    private void removeNear(ThreadCache cache) {
        int place = nearPlace(cache.ownerId);
        if (near[place] == cache) {
            near[place] = NONE;
        }
    }

    /** A copy, for statistics. */
    List<ThreadCache> all() {
        lock.lock();
        try {
            return List.copyOf(caches);
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

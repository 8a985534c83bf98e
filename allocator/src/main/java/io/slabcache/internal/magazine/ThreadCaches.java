package io.slabcache.internal.magazine;

import io.slabcache.internal.util.CountedLock;
import java.util.ArrayList;
import java.util.List;

/**
 * Which thread has which cache: a table indexed by thread number, read without a lock and faster than a
 * {@link ThreadLocal}, out of which the caches of dead threads can be taken without waiting for the collector.
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

    /** Two of 100 threads with far-apart numbers meet in a table of this size about once in three programs. */
    private static final int LARGEST_TABLE = 1 << 14;

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
     * The cache registered last: a cache used by one thread needs no table, and with more threads it is each time the
     * same thread that finds itself here, which costs the others a well predicted comparison. Written under lock.
     */
    private ThreadCache latest = NONE;

    /** So many caches that it is time to look for dead threads. Guarded by lock. */
    private int crowd = SMALLEST_CROWD;

    /** Whether there were so many after the last registration. Written under lock, read by who was just registered. */
    private boolean crowded;

    ThreadCaches(MagazineBudget budget, boolean trusted) {
        this.budget = budget;
        this.trusted = trusted;
    }

    /**
     * The calling thread's cache, as far as it can be found without a lock.
     *
     * @return its cache, or one that has no objects and no room and belongs to nobody
     */
    public ThreadCache current() {
        Thread thread = Thread.currentThread();
        ThreadCache likely = latest;
        return likely.owner == thread ? likely : lookUp(thread);
    }

    private ThreadCache lookUp(Thread thread) {
        ThreadCache[] table = this.table;
        ThreadCache cache = table[(int) thread.threadId() & (table.length - 1)];
        return cache != null && cache.owner == thread ? cache : NONE;
    }

    /** The cache of the calling platform thread, made now if it has none; without magazines if the budget is spent. */
    ThreadCache register(Thread thread) {
        ThreadCache found = probe(thread);
        if (found != null) {
            return found;
        }
        lock.lock();
        return registerAndUnlock(thread);
    }

    /** {@link #register}, but {@link #NONE} where that would have to wait for the lock. */
    ThreadCache tryRegister(Thread thread) {
        ThreadCache found = probe(thread);
        if (found != null) {
            return found;
        }
        return lock.tryLock() ? registerAndUnlock(thread) : NONE;
    }

    private ThreadCache registerAndUnlock(Thread thread) {
        try {
            ThreadCache cache = new ThreadCache(thread, budget.take(), trusted);
            caches.add(cache);
            crowded = caches.size() >= crowd;
            latest = cache;
            if (caches.size() * 2 > table.length || !insertFirst(cache, table)) {
                rebuild();
            }
            return cache;
        } finally {
            lock.unlock();
        }
    }

    private ThreadCache probe(Thread thread) {
        ThreadCache[] table = this.table;
        int place = (int) thread.threadId() & (table.length - 1);
        for (ThreadCache cache; (cache = table[place]) != null; place = (place + 1) & (table.length - 1)) {
            if (cache.owner == thread) {
                return cache;
            }
        }
        return null;
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
                latest = caches.isEmpty() ? NONE : caches.getLast();
                for (ThreadCache cache : dead) {
                    retiredFrees += cache.frees();
                    if (cache.capacity() > 0) {
                        budget.giveBack();
                    }
                }
                rebuild();
            }
            crowd = Math.max(2 * caches.size(), SMALLEST_CROWD);
            crowded = false;
            return dead;
        } finally {
            lock.unlock();
        }
    }

    /** Makes the smallest table in which every thread has its first place, if one of acceptable size exists. */
    private void rebuild() {
        int size = SMALLEST_TABLE;
        ThreadCache[] rebuilt = null;
        while (rebuilt == null) {
            while (size < caches.size() * 2) {
                size *= 2;
            }
            rebuilt = filled(size);
            size *= 2;
        }
        table = rebuilt;
    }

    private ThreadCache[] filled(int size) {
        ThreadCache[] filled = new ThreadCache[size];
        for (ThreadCache cache : caches) {
            if (!insertFirst(cache, filled)) {
                if (size < LARGEST_TABLE) {
                    return null;
                }
                insertBehind(cache, filled);
            }
        }
        return filled;
    }

    private static boolean insertFirst(ThreadCache cache, ThreadCache[] into) {
        int place = (int) cache.owner.threadId() & (into.length - 1);
        if (into[place] != null) {
            return false;
        }
        into[place] = cache;
        return true;
    }

    private static void insertBehind(ThreadCache cache, ThreadCache[] into) {
        int place = (int) cache.owner.threadId() & (into.length - 1);
        while (into[place] != null) {
            place = (place + 1) & (into.length - 1);
        }
        into[place] = cache;
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

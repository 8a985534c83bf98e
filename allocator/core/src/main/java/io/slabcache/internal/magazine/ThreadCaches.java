package io.slabcache.internal.magazine;

import io.slabcache.internal.slab.SlabGeometry;
import io.slabcache.internal.util.CountedLock;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/**
 * The cache of each thread, found without a lock and faster than by a {@link ThreadLocal}. The caches of dead threads
 * can be removed without waiting for the collector, and nothing here keeps a dead thread reachable.
 *
 * <p>All caches are in a {@link ThreadTable}, which grows. In front of it is a table of fixed size, which serves most
 * threads. Its constant length saves a dependent load, and short chains of dependent loads let the processor overlap
 * several allocations.
 */
public final class ThreadCaches {
    private static final int SMALLEST_CROWD = 32;

    /** Threads with consecutive numbers do not collide; of 100 with random numbers, 5 do. 4 KiB. */
    private static final int NEAR_PLACES = 1 << 10;

    // Without objects, slots and owner: sends its user to the slow path. Never written.
    private static final ThreadCache NONE_CHECKED = new ThreadCache(null, 0, false);
    private static final ThreadCache NONE_TRUSTED = new ThreadCache(null, 0, true);

    // The near table of a cache without magazines, and of a closed one. Never written.
    private static final ThreadCache[] NONE_NEAR_CHECKED = nearOf(NONE_CHECKED);
    private static final ThreadCache[] NONE_NEAR_TRUSTED = nearOf(NONE_TRUSTED);

    private final CountedLock lock = new CountedLock();
    private final boolean trusted;
    private final SlabGeometry geometry;

    /** The cache of a thread that has none of its own. */
    private final ThreadCache none;

    /** Written under the lock, read without it. */
    private final ThreadTable table;

    /**
     * At {@code threadId & (NEAR_PLACES - 1)} a cache of a thread with such a number, or {@link #none}. Written under
     * the lock, read without it.
     */
    private ThreadCache[] near;

    /** Made in advance, because it is needed where the heap may be full. */
    private final Consumer<ThreadCache> insertNear = this::insertNear;

    /** Frees by removed threads. Guarded by the lock. */
    private long retiredFrees;

    /** The number of caches at which to look for dead threads. Guarded by the lock. */
    private int crowd = SMALLEST_CROWD;

    /**
     * Whether the last registration reached that number. Written under the lock; read by the thread that has just
     * registered.
     */
    private boolean crowded;

    /** Guarded by the lock. */
    private boolean closed;

    ThreadCaches(MagazineBudget budget, boolean trusted, SlabGeometry geometry) {
        this.trusted = trusted;
        this.geometry = geometry;
        this.none = none(trusted);
        this.table = new ThreadTable(none);
        this.near = budget.capacity() == 0 ? noneNear() : nearOf(none);
    }

    /** {@return the shared empty cache of a mode} */
    public static ThreadCache none(boolean trusted) {
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

    /** {@return the shared empty cache: without objects, slots and owner} */
    ThreadCache none() {
        return none;
    }

    /**
     * Returns the calling thread's cache, if it can be found without a lock.
     *
     * @return its cache, or the shared empty one
     */
    public ThreadCache current() {
        return current(near);
    }

    /**
     * Returns the near table, for a caller that looks itself up often.
     *
     * @return the table; a closed cache has another one, so that the caller can drop the old one
     */
    public ThreadCache[] near() {
        return near;
    }

    /**
     * Like {@link #current()}, for a caller that keeps {@link #near()}. Saves one dependent load.
     *
     * @param near of these caches
     * @return as {@link #current()}
     */
    public ThreadCache current(ThreadCache[] near) {
        long id = Thread.currentThread().threadId();
        ThreadCache likely = likely(near, id);
        return likely.ownerId == id ? likely : find(id);
    }

    /**
     * Returns the cache that is probably a thread's. Static, so that a caller reads its reference to the caches only if
     * it needs {@link #find}.
     *
     * @param near of the caches
     * @param threadId of the thread
     * @return the cache of any thread, or the shared empty one
     */
    public static ThreadCache likely(ThreadCache[] near, long threadId) {
        return near[nearPlace(threadId)];
    }

    /** {@return the cache of a thread, or the shared empty one} */
    public ThreadCache find(long threadId) {
        return table.find(threadId);
    }

    private static int nearPlace(long threadId) {
        return (int) threadId & (NEAR_PLACES - 1);
    }

    /**
     * Returns the calling platform thread's cache and makes it if necessary, without magazines. {@link #none} after the
     * close.
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

    /** Like {@link #register}, but {@link #none} if it would have to wait for the lock. */
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

    /** Looks again under the lock: without it, a new table may be visible before its entries. */
    private ThreadCache findOrAdd(Thread thread) {
        assert lock.isHeld();
        ThreadCache found = table.find(thread.threadId());
        return found != none || closed ? found : add(thread);
    }

    /** All heap is allocated before anything is changed. */
    private ThreadCache add(Thread thread) {
        table.reserve();
        ThreadCache cache = new ThreadCache(thread, 0, trusted, geometry);
        table.add(cache);
        insertNear(cache);
        crowded = table.count() >= crowd;
        return cache;
    }

    /** Whether {@link #retireDead} is due: twice as many caches as were alive after the last one. */
    boolean isCrowded() {
        return crowded;
    }

    /**
     * Removes the caches of dead threads. The end of a thread orders its last writes before this. Needs no heap, so
     * that their objects are recovered even if the heap is full.
     *
     * @param transfers begun if there are any, before they are removed; the caller ends it
     * @return the first of them, linked to the others by {@code nextDead}; or {@code null}
     */
    ThreadCache retireDead(Transfers transfers) {
        lock.lock();
        try {
            ThreadCache first = table.removeDead(transfers);
            for (ThreadCache dead = first; dead != null; dead = dead.nextDead) {
                retire(dead);
            }
            if (first != null) {
                // Some caches that collided in the near table may have a free place now.
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
     * Drops all caches and registers no more, so that nothing of a closed cache is kept here.
     *
     * @return the dropped caches
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

    /** Makes all threads look up the slab of each next object, until they learn a guess again. */
    public void forgetGuesses() {
        all().forEach(ThreadCache::forgetGuess);
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

    /** An estimate of the tables' Java heap, for 4-byte references. */
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

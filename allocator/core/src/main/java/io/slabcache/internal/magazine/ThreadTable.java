package io.slabcache.internal.magazine;

import java.util.List;
import java.util.function.Consumer;

/**
 * A hash table of thread caches by thread number, with open addressing. Read without a lock; written under the lock of
 * {@link ThreadCaches}.
 *
 * <p>A thread looks only for its own cache, which it has added itself and which is removed only after the thread has
 * ended. Each place goes from {@code null} to a cache, then perhaps to {@link #none} and to other caches, and never
 * back to {@code null}. So a reader that sees an old array, or a new one before its entries, finds its own cache or
 * nothing. In the latter case it looks again under the lock.
 */
final class ThreadTable {
    private static final int SMALLEST = 16;

    /** The table before the first entry; too small for one, so never written. */
    private static final ThreadCache[] NO_PLACES = new ThreadCache[1];

    /**
     * Each cache at {@code threadId & (length - 1)} or behind it; {@link #none} where one was removed; {@code null}
     * where there never was one. Invariant: at least half of the places are {@code null}, so that every search ends.
     */
    private ThreadCache[] places = NO_PLACES;

    /** Stands for a removed cache, and for a search without result. */
    private final ThreadCache none;

    /** Caches in the table. */
    private int count;

    /** Places that are not {@code null}. */
    private int used;

    ThreadTable(ThreadCache none) {
        this.none = none;
    }

    /** The cache of a thread, or {@link #none}. */
    ThreadCache find(long threadId) {
        ThreadCache[] places = this.places;
        int place = (int) threadId & (places.length - 1);
        for (ThreadCache cache; (cache = places[place]) != null; place = (place + 1) & (places.length - 1)) {
            if (cache.ownerId == threadId) {
                return cache;
            }
        }
        return none;
    }

    int count() {
        return count;
    }

    /** Makes room for one more cache, so that {@link #add} needs no heap. */
    void reserve() {
        if ((used + 1) * 2 > places.length) {
            rebuild(count + 1);
        }
    }

    /** Adds a cache; {@link #reserve} has made room for it. */
    void add(ThreadCache cache) {
        used += insert(cache, places);
        count++;
    }

    /**
     * Removes the caches of dead threads. Needs no heap.
     *
     * @param transfers begun before the first one is removed
     * @return the first of them, linked to the others by {@code nextDead}; or {@code null}
     */
    ThreadCache removeDead(Transfers transfers) {
        ThreadCache dead = null;
        for (int place = 0; place < places.length; place++) {
            ThreadCache cache = places[place];
            if (cache != null && cache.isOwnerDead()) {
                if (dead == null) {
                    transfers.begin();
                }
                places[place] = none;
                count--;
                cache.nextDead = dead;
                dead = cache;
            }
        }
        return dead;
    }

    /** Shrinks a large table that is nearly empty. Does nothing if the heap is full, which costs only memory. */
    void shrink() {
        try {
            if (4 * size(count) <= places.length) {
                rebuild(count);
            }
        } catch (OutOfMemoryError e) {
            // Retried when threads are next found dead.
        }
    }

    private void rebuild(int count) {
        ThreadCache[] rebuilt = new ThreadCache[size(count)];
        used = 0;
        for (ThreadCache cache : places) {
            if (isEntry(cache)) {
                used += insert(cache, rebuilt);
            }
        }
        places = rebuilt;
    }

    /** Three places for each cache, so a sixth of the places can fill up before the next rebuild. */
    private static int size(int count) {
        int size = SMALLEST;
        while (size < count * 3) {
            size *= 2;
        }
        return size;
    }

    /** Returns how many places ceased to be {@code null}: 0 or 1. */
    private int insert(ThreadCache cache, ThreadCache[] into) {
        int place = (int) cache.ownerId & (into.length - 1);
        while (isEntry(into[place])) {
            place = (place + 1) & (into.length - 1);
        }
        int added = into[place] == null ? 1 : 0;
        into[place] = cache;
        return added;
    }

    private boolean isEntry(ThreadCache cache) {
        return cache != null && cache != none;
    }

    void forEach(Consumer<ThreadCache> action) {
        for (ThreadCache cache : places) {
            if (isEntry(cache)) {
                action.accept(cache);
            }
        }
    }

    /** An independent copy of the caches. */
    List<ThreadCache> all() {
        ThreadCache[] all = new ThreadCache[count];
        int filled = 0;
        for (ThreadCache cache : places) {
            if (isEntry(cache)) {
                all[filled++] = cache;
            }
        }
        return List.of(all);
    }

    /** Drops all caches. */
    void clear() {
        places = NO_PLACES;
        count = 0;
        used = 0;
    }

    /** An estimate, for 4-byte references. */
    long heapBytes() {
        return places == NO_PLACES ? 0 : places.length * 4L;
    }
}

package io.slabcache.internal.slab;

import io.slabcache.internal.util.CountedLock;

/**
 * The current growths of a supply. No lock is held while the memory source or the user's constructor runs.
 *
 * <p>Usually one thread grows the supply; the others wait and poll for free objects. But the growing thread may wait,
 * inside the source, for something that a waiting thread holds: a virtual thread may wait for the carrier to which a
 * waiting one is pinned. So the wait is bounded: if the latest growth takes too long, the next one begins.
 *
 * <p>A growth ahead of need makes a large slab, so a thread that needs an object makes a small one itself. But a cache has
 * only some small ones, because the C library keeps them when they are freed: then the thread waits for the large one, or
 * makes it. It also waits if the growth ahead has the last objects of the bound.
 */
final class Growths {
    private static final long LEAST_PATIENCE_NANOS = 20_000_000;

    /** About five times what a machine needs to clear memory. */
    private static final long PATIENCE_NANOS_PER_BYTE = 4;

    final SlabGeometry geometry;
    private final long leastPatience;
    private final CountedLock lock = new CountedLock();

    // Everything below is guarded by lock. Invariant: the objects of all slabs and all growths together are within the
    // bound.
    private Growth latest;
    private long objects;
    private long ended;

    Growths(SlabGeometry geometry) {
        this(geometry, LEAST_PATIENCE_NANOS);
    }

    Growths(SlabGeometry geometry, long leastPatience) {
        this.geometry = geometry;
        this.leastPatience = leastPatience;
    }

    /** The number of ended growths. For {@link #begin}, read it before the counts of the slabs. */
    long ended() {
        lock.lock();
        try {
            return ended;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Begins a growth and reserves its objects, or tells why not.
     *
     * @param counts of the slabs
     * @param asOf the result of {@link #ended} before the counts were read; slabs may have been added since
     */
    Growth.Start begin(Growth growth, SlabCounts counts, long asOf) {
        if (counts.freeObjects() >= growth.enough) {
            return Growth.Start.NOT_NEEDED;
        }
        if (geometry.nextSlabObjects(counts.totalObjects()) == 0) {
            return Growth.Start.AT_BOUND;
        }
        long now = System.nanoTime();
        lock.lock();
        try {
            return beginLocked(growth, counts, asOf, now);
        } finally {
            lock.unlock();
        }
    }

    private Growth.Start beginLocked(Growth growth, SlabCounts counts, long asOf, long now) {
        if (asOf != ended) {
            return Growth.Start.WAIT;
        }
        if (find(growth.thread) != null) {
            return Growth.Start.REENTERED;
        }
        long total = counts.totalObjects() + objects;
        int wanted = growth.nextSlabObjects(geometry, total);
        // Below 0 if a slab was added whose growth has not ended yet, because both count.
        if (wanted <= 0) {
            return Growth.Start.WAIT_AT_BOUND;
        }
        boolean isOneTooMany = growth.isHurried() && SmallSlabs.areEnough(geometry, counts.smallObjects());
        Growth other = isOneTooMany ? latest : latestLike(growth);
        if (other != null && now - other.begunAt < patience(other)) {
            return Growth.Start.WAIT;
        }
        growth.objects = isOneTooMany ? geometry.nextKeptSlabObjects(total) : wanted;
        growth.begunAt = now;
        growth.next = latest;
        latest = growth;
        objects += growth.objects;
        return Growth.Start.BEGUN;
    }

    /** The latest growth that may be enough for the thread of another one: hurried or not, as that is. */
    private Growth latestLike(Growth growth) {
        assert lock.isHeld();
        Growth other = latest;
        while (other != null && other.isHurried() != growth.isHurried()) {
            other = other.next;
        }
        return other;
    }

    /** Whether a thread makes a slab that no thread needed when it began. */
    boolean isAnyAhead() {
        lock.lock();
        try {
            Growth growth = latest;
            while (growth != null && growth.isHurried()) {
                growth = growth.next;
            }
            return growth != null;
        } finally {
            lock.unlock();
        }
    }

    private long patience(Growth growth) {
        return leastPatience + PATIENCE_NANOS_PER_BYTE * geometry.regionBytes(growth.objects);
    }

    /** The growth that the calling thread is inside, or null. */
    Growth own() {
        lock.lock();
        try {
            return find(Thread.currentThread());
        } finally {
            lock.unlock();
        }
    }

    private Growth find(Thread thread) {
        assert lock.isHeld();
        Growth growth = latest;
        while (growth != null && growth.thread != thread) {
            growth = growth.next;
        }
        return growth;
    }

    /**
     * Claims the memory of a slab that is being made.
     *
     * @throws IllegalStateException if it overlaps the memory of another growth
     */
    void claim(Growth growth, Slab slab) {
        lock.lock();
        try {
            for (Growth other = latest; other != null; other = other.next) {
                // A slab that is in use already may be given back before its growth ends.
                if (other.slab != null && !other.slab.isRetired()) {
                    SlabOverlap.check(slab, other.slab);
                }
            }
            growth.slab = slab;
        } finally {
            lock.unlock();
        }
    }

    /** Ends the claim of a growth before its memory goes back to the source, which may hand it to another growth. */
    void withdraw(Growth growth) {
        lock.lock();
        try {
            growth.slab = null;
        } finally {
            lock.unlock();
        }
    }

    /** Ends a growth, successful or not. Its slab, if any, was added before. */
    void end(Growth growth) {
        lock.lock();
        try {
            remove(growth);
            objects -= growth.objects;
            ended++;
        } finally {
            lock.unlock();
        }
    }

    private void remove(Growth growth) {
        if (latest == growth) {
            latest = growth.next;
            return;
        }
        Growth before = latest;
        while (before.next != growth) {
            before = before.next;
        }
        before.next = growth.next;
    }
}

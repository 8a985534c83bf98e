package io.slabcache.internal.slab;

import io.slabcache.internal.util.CountedLock;

/**
 * The growths of a supply that are under way. Nothing is held while the memory source or the user's constructor runs.
 *
 * <p>Usually one thread grows and the others wait, looking again and again whether there are free objects. But the growing
 * thread may itself wait, within the source, for something that the waiting ones hold: a virtual thread for the carrier to
 * which a waiting one is pinned. So patience is bounded: when the latest growth takes too long, the next one begins.
 */
final class Growths {
    private static final long LEAST_PATIENCE_NANOS = 20_000_000;

    /** To clear memory takes a machine about a fifth of this. */
    private static final long PATIENCE_NANOS_PER_BYTE = 4;

    private final SlabGeometry geometry;
    private final long leastPatience;
    private final CountedLock lock = new CountedLock();

    // All below is guarded by lock. Invariant: the objects of all slabs and those that are being made are within the
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

    /** How many growths have ended: to be asked before the counts of the slabs, for {@link #begin}. */
    long ended() {
        lock.lock();
        try {
            return ended;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Begins a growth and reserves its objects of the bound, or says why not.
     *
     * @param counts of the slabs
     * @param asOf what {@link #ended} was before these were taken; others may have added slabs since
     */
    Growth.Start begin(Growth growth, SlabCounts counts, long asOf) {
        if (counts.freeObjects() > 0) {
            return Growth.Start.NOT_NEEDED;
        }
        if (geometry.nextSlabObjects(counts.totalObjects()) == 0) {
            return Growth.Start.AT_BOUND;
        }
        long now = System.nanoTime();
        lock.lock();
        try {
            return beginLocked(growth, counts.totalObjects(), asOf, now);
        } finally {
            lock.unlock();
        }
    }

    private Growth.Start beginLocked(Growth growth, long totalObjects, long asOf, long now) {
        if (asOf != ended) {
            return Growth.Start.WAIT;
        }
        if (find(growth.thread) != null) {
            return Growth.Start.REENTERED;
        }
        int wanted = geometry.nextSlabObjects(totalObjects + objects);
        if (wanted == 0) {
            return Growth.Start.WAIT_AT_BOUND;
        }
        if (latest != null && now - latest.begunAt < patience(latest)) {
            return Growth.Start.WAIT;
        }
        growth.objects = wanted;
        growth.begunAt = now;
        growth.next = latest;
        latest = growth;
        objects += wanted;
        return Growth.Start.BEGUN;
    }

    private long patience(Growth growth) {
        return leastPatience + PATIENCE_NANOS_PER_BYTE * geometry.regionBytes(growth.objects);
    }

    /** The growth that the calling thread is in the middle of, or null. */
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
     * Keeps the memory of a slab that is being made apart from that of the others.
     *
     * @throws IllegalStateException if it overlaps that of another one
     */
    void claim(Growth growth, Slab slab) {
        lock.lock();
        try {
            for (Growth other = latest; other != null; other = other.next) {
                if (other.slab != null) {
                    SlabOverlap.check(slab, other.slab);
                }
            }
            growth.slab = slab;
        } finally {
            lock.unlock();
        }
    }

    /** Ends the claim of a growth whose memory is about to go back to its source, which may give it to another growth. */
    void withdraw(Growth growth) {
        lock.lock();
        try {
            growth.slab = null;
        } finally {
            lock.unlock();
        }
    }

    /** Ends a growth, whatever came of it, after its slab was added. */
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

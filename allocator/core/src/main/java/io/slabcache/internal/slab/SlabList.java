package io.slabcache.internal.slab;

import io.slabcache.internal.util.CountedLock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The partial, empty and full slabs of a cache behind one lock, held for a few hundred nanoseconds at a time. {@code
 * take} moves many objects out, {@code flush} puts many back. Slabs in use serve first, so that others can become
 * empty.
 */
final class SlabList {
    /** The number of slabs copied under one acquisition of the lock. */
    private static final int PIECE = 256;

    private final CountedLock lock;
    private final SlabIndex index;

    /** Guarded by lock, where it does not say otherwise. */
    final SlabSums sums = new SlabSums();

    // Everything below is guarded by lock. Invariant: each slab is on the chain for its free().
    private final SlabChains chains = new SlabChains();
    private boolean closed;

    SlabList(SlabIndex index, CountedLock lock) {
        this.index = index;
        this.lock = lock;
    }

    int take(long[] addresses, int offset, int count) {
        return take(addresses, offset, count, true);
    }

    /** Moves up to {@code count} objects out; returns how many. If it may not wait and would have to, none. */
    int take(long[] addresses, int offset, int count, boolean mayWait) {
        if (!lock.acquire(mayWait)) {
            return 0;
        }
        try {
            int taken = takeLocked(addresses, offset, count);
            sums.refills += taken == 0 ? 0 : 1;
            return taken;
        } finally {
            lock.unlock();
        }
    }

    /** Moves one object out; returns 0 if there is none. */
    long takeOne() {
        lock.lock();
        try {
            return sums.freeObjects() == 0 ? 0 : takeFirst(chains.serving());
        } finally {
            lock.unlock();
        }
    }

    /** Moves one object out and marks it live, if asked; returns 0 if there is none, or while a close is pending. */
    long allocate(boolean marked) {
        lock.lock();
        try {
            if (index.isSealed() || sums.freeObjects() == 0) {
                return 0;
            }
            Slab slab = chains.serving();
            long address = takeFirst(slab);
            if (marked) {
                slab.markLive(address);
            }
            return address;
        } finally {
            lock.unlock();
        }
    }

    private long takeFirst(Slab serving) {
        assert lock.isHeld();
        sums.take(1);
        return serving.freeMap.takeFirst();
    }

    private int takeLocked(long[] addresses, int offset, int count) {
        assert lock.isHeld();
        int taken = 0;
        while (taken < count && sums.freeObjects() > 0) {
            Slab slab = chains.serveFullest();
            int got = slab.freeMap.take(addresses, offset + taken, count - taken);
            sums.take(got);
            taken += got;
        }
        return taken;
    }

    void flush(long[] addresses, int offset, int count) {
        flush(addresses, offset, count, true);
    }

    /** Puts back objects of this list. If it may not wait and would have to, false, and nothing changed. */
    boolean flush(long[] addresses, int offset, int count, boolean mayWait) {
        if (!lock.acquire(mayWait)) {
            return false;
        }
        try {
            sums.flushes++;
            for (int i = offset; i < offset + count; i++) {
                put(addresses[i]);
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Puts back one object that no caller got; counts as neither a flush nor a free. */
    void putBack(long address) {
        lock.lock();
        try {
            put(address);
        } finally {
            lock.unlock();
        }
    }

    /** Puts back one live object, past the magazines, and counts the free. False if a close has removed its slab. */
    boolean free(long address) {
        // Without the lock, so the section is short. The slab of a live object stays, except for a forced close.
        Slab slab = index.find(address);
        lock.lock();
        try {
            sums.singleFrees++;
            return slab != null && chains.holds(slab) ? put(slab, address) : put(address);
        } finally {
            lock.unlock();
        }
    }

    /** False if a close has removed the slab. */
    private boolean put(long address) {
        Slab slab = index.findHidden(address);
        return slab != null && put(slab, address);
    }

    private boolean put(Slab slab, long address) {
        assert lock.isHeld();
        if (slab.freeMap.put(slab.indexOf(address))) {
            sums.put();
            chains.place(slab);
        } else {
            // An unchecked caller freed the object twice. It is kept once.
            sums.duplicates++;
        }
        return true;
    }

    /**
     * Adds a new slab with all its objects; false, and nothing done, after {@link #removeAll}.
     *
     * @throws IllegalStateException if its memory overlaps another slab
     */
    boolean add(Slab slab) {
        lock.lockMounted();
        try {
            if (closed) {
                return false;
            }
            index.requireApart(slab);
            index.add(slab);
            chains.place(slab);
            sums.add(slab);
            return true;
        } finally {
            lock.unlockMounted();
        }
    }

    /** Makes look-ups without the lock fail, or succeed again. */
    void seal(boolean sealed) {
        lock.lock();
        try {
            index.seal(sealed);
        } finally {
            lock.unlock();
        }
    }

    /** The slab of an address, or null. Found under the lock, so the result is certain. */
    Slab find(long address) {
        lock.lock();
        try {
            return index.find(address);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Checks that a new slab overlaps no other one.
     *
     * @throws IllegalStateException if its memory overlaps another slab
     */
    void requireApart(Slab slab) {
        lock.lock();
        try {
            index.requireApart(slab);
        } finally {
            lock.unlock();
        }
    }

    /** The smallest number of free objects since the last call: those that were not needed meanwhile. */
    long takeLeastFree() {
        lock.lock();
        try {
            return sums.takeLeastFree();
        } finally {
            lock.unlock();
        }
    }

    /** Removes up to {@code most} slabs whose objects are all free, together so many, and hides them for good. */
    List<Slab> removeEmpty(int most, long objects) {
        return remove(most, objects, true);
    }

    /** Removes all slabs, even with live objects, and hides them for good. None is added from now on. */
    List<Slab> removeAll() {
        return remove(Integer.MAX_VALUE, Long.MAX_VALUE, false);
    }

    private List<Slab> remove(int most, long objects, boolean onlyEmpty) {
        List<Slab> removed;
        long left = objects;
        lock.lockMounted();
        try {
            closed |= !onlyEmpty;
            int found = onlyEmpty ? chains.emptySlabs() : index.slabs().size();
            removed = new ArrayList<>(Math.min(most, found));
            // The list has room and nothing else here allocates, so a full heap loses no slab.
            while (removed.size() < most) {
                Slab slab = onlyEmpty ? chains.firstEmpty() : index.first();
                if (slab == null || slab.objects() > left) {
                    break;
                }
                left -= slab.objects();
                index.remove(slab);
                chains.remove(slab);
                sums.remove(slab);
                removed.add(slab);
            }
            index.tidy();
        } finally {
            lock.unlockMounted();
        }
        // Visits every object of slabs that no other thread finds any more. Plain loops, which need no heap.
        for (int i = 0; i < removed.size(); i++) {
            removed.get(i).retire();
        }
        return removed;
    }

    /**
     * The slabs, for a walk without the lock. Copied in pieces, so that no thread waits for long. A slab that is added
     * or removed meanwhile may be missing or present.
     */
    List<Slab> slabs() {
        List<Slab> all = new ArrayList<>();
        for (boolean more = true; more; ) {
            lock.lock();
            try {
                more = index.addNext(all, PIECE);
            } finally {
                lock.unlock();
            }
        }
        return Collections.unmodifiableList(all);
    }

    SlabCounts counts() {
        lock.lock();
        try {
            return sums.counts(index.slabs().size(), lock.contended(), index.heapBytes());
        } finally {
            lock.unlock();
        }
    }

    /** Checks everything against the counts; an {@link AssertionError} names the first difference. */
    void validate() {
        lock.lock();
        try {
            index.validate();
            chains.validate(index.slabs());
            sums.validate(index.slabs());
        } finally {
            lock.unlock();
        }
    }
}

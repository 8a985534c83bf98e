package io.slabcache.internal.slab;

import io.slabcache.internal.util.CountedLock;
import java.util.List;
import java.util.function.Predicate;

/**
 * The partial, empty and full slabs of a cache behind one lock, held for a few hundred nanoseconds at a time: take moves
 * many objects out, flush puts many back. Slabs that are already in use serve first, so that others can become empty.
 */
final class SlabList {
    private final CountedLock lock = new CountedLock();
    private final SlabIndex index;

    // All below is guarded by lock.
    // Invariant: freeObjects is the sum of free() over all slabs, totalObjects that of objects(), and each slab is on
    // the chain that its free() asks for.
    private final SlabChain partial = new SlabChain();
    private final SlabChain empty = new SlabChain();
    private final SlabChain full = new SlabChain();
    private final long[] single = new long[1];
    private long totalObjects;
    private long freeObjects;
    private long reservedBytes;
    private long refills;
    private long flushes;
    private long singleFrees;
    private long duplicates;

    SlabList(SlabIndex index) {
        this.index = index;
    }

    /** Moves up to {@code count} objects out and returns how many. */
    int take(long[] addresses, int offset, int count) {
        lock.lock();
        try {
            int taken = takeLocked(addresses, offset, count);
            refills += taken == 0 ? 0 : 1;
            return taken;
        } finally {
            lock.unlock();
        }
    }

    /** Moves one object out; returns 0 if there is none. */
    long takeOne() {
        lock.lock();
        try {
            return takeLocked(single, 0, 1) == 0 ? 0 : single[0];
        } finally {
            lock.unlock();
        }
    }

    private int takeLocked(long[] addresses, int offset, int count) {
        assert lock.isHeld();
        int taken = 0;
        while (taken < count && freeObjects > 0) {
            Slab slab = partial.first() != null ? partial.first() : empty.first();
            int got = slab.take(addresses, offset + taken, count - taken);
            freeObjects -= got;
            taken += got;
            place(slab);
        }
        return taken;
    }

    /** Puts back objects that were taken from here. */
    void flush(long[] addresses, int offset, int count) {
        lock.lock();
        try {
            flushes++;
            for (int i = offset; i < offset + count; i++) {
                put(addresses[i]);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Puts back one object that no caller got: neither a flush nor a free. */
    void putBack(long address) {
        lock.lock();
        try {
            put(address);
        } finally {
            lock.unlock();
        }
    }

    /** Puts back one live object: a free that went past the magazines, and is counted as one here. */
    void free(long address) {
        lock.lock();
        try {
            singleFrees++;
            put(address);
        } finally {
            lock.unlock();
        }
    }

    private void put(long address) {
        assert lock.isHeld();
        Slab slab = index.findHidden(address);
        // No slab: the cache was closed over this object. Refused: an unchecked caller freed it twice, one is kept.
        if (slab == null || !slab.put(address)) {
            duplicates += slab == null ? 0 : 1;
            return;
        }
        freeObjects++;
        place(slab);
    }

    private void place(Slab slab) {
        SlabChain chain = slab.free() == 0 ? full : slab.isEmpty() ? empty : partial;
        chain.accept(slab);
    }

    /**
     * Takes in a new slab with all its objects.
     *
     * @throws IllegalStateException if its memory overlaps that of another slab
     */
    void add(Slab slab) {
        lock.lock();
        try {
            SlabFactory.checkApart(slab, index.slabs());
            index.add(slab);
            place(slab);
            account(slab, 1);
        } finally {
            lock.unlock();
        }
    }

    /** Makes look-ups without the lock fail, or succeed again. */
    void seal(boolean sealed) {
        lock.lock();
        try {
            if (sealed) {
                index.seal();
            } else {
                index.unseal();
            }
        } finally {
            lock.unlock();
        }
    }

    /** The slab of an address, found under the lock and so beyond doubt; or null. */
    Slab find(long address) {
        lock.lock();
        try {
            return index.find(address);
        } finally {
            lock.unlock();
        }
    }

    List<Slab> removeEmpty() {
        return removeIf(Slab::isEmpty);
    }

    List<Slab> removeAll() {
        return removeIf(slab -> true);
    }

    private List<Slab> removeIf(Predicate<Slab> gone) {
        lock.lock();
        try {
            List<Slab> removed = index.removeIf(gone);
            for (Slab slab : removed) {
                slab.chain.remove(slab);
                account(slab, -1);
            }
            return removed;
        } finally {
            lock.unlock();
        }
    }

    private void account(Slab slab, int sign) {
        totalObjects += sign * (long) slab.objects();
        freeObjects += sign * (long) slab.free();
        reservedBytes += sign * slab.region().segment().byteSize();
    }

    /** An independent copy of the slabs, for a walk without the lock. */
    List<Slab> slabs() {
        lock.lock();
        try {
            return List.copyOf(index.slabs());
        } finally {
            lock.unlock();
        }
    }

    SlabCounts counts() {
        lock.lock();
        try {
            return new SlabCounts(
                    index.slabs().size(),
                    totalObjects,
                    freeObjects,
                    reservedBytes,
                    refills,
                    flushes,
                    singleFrees,
                    duplicates,
                    lock.contended());
        } finally {
            lock.unlock();
        }
    }

    long heapBytes() {
        lock.lock();
        try {
            return index.heapBytes()
                    + index.slabs().stream().mapToLong(Slab::heapBytes).sum();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Walks everything and compares it with the counts.
     *
     * @throws AssertionError naming the first invariant that does not hold
     */
    void validate() {
        lock.lock();
        try {
            long total = 0;
            long free = 0;
            for (Slab slab : index.slabs()) {
                slab.validate();
                SlabChain expected = slab.free() == 0 ? full : slab.isEmpty() ? empty : partial;
                check(slab.chain == expected, "slab on the wrong chain", slab.free());
                check(index.findHidden(slab.base()) == slab, "slab not found by its first byte", slab.base());
                check(index.findHidden(slab.base() + slab.length() - 1) == slab, "nor by its last", slab.base());
                total += slab.objects();
                free += slab.free();
            }
            check(total == totalObjects, "totalObjects is " + total + ", counted", totalObjects);
            check(free == freeObjects, "freeObjects is " + free + ", counted", freeObjects);
            int chained = partial.length() + empty.length() + full.length();
            check(chained == index.slabs().size(), "slabs on chains", chained);
        } finally {
            lock.unlock();
        }
    }

    static void check(boolean holds, String what, long value) {
        if (!holds) {
            throw new AssertionError(what + ": " + value);
        }
    }
}

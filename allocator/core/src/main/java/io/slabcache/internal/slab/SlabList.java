package io.slabcache.internal.slab;

import io.slabcache.internal.util.CountedLock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The partial, empty and full slabs of a cache behind one lock, held for a few hundred nanoseconds at a time: take moves
 * many objects out, flush puts many back. Slabs that are already in use serve first, so that others can become empty.
 */
final class SlabList {
    /** So many slabs are copied at a time. */
    private static final int PIECE = 256;

    private final CountedLock lock = new CountedLock();
    private final SlabIndex index;

    // All below is guarded by lock.
    // Invariant: freeObjects is the sum of free() over all slabs, totalObjects that of objects(), heapBytes that of
    // heapBytes(), and each slab is on the chain that its free() asks for.
    private final SlabChains chains = new SlabChains();
    private long totalObjects;
    private long freeObjects;
    private long heapBytes;
    final AtomicLong reservedBytes = new AtomicLong(); // read without the lock, also when this is garbage
    private long refills;
    private long flushes;
    private long singleFrees;
    private long duplicates;
    private boolean closed;

    SlabList(SlabIndex index) {
        this.index = index;
    }

    int take(long[] addresses, int offset, int count) {
        return take(addresses, offset, count, true);
    }

    /** Moves up to {@code count} objects out and returns how many; none where it would have to wait and may not. */
    int take(long[] addresses, int offset, int count, boolean mayWait) {
        if (!lock.acquire(mayWait)) {
            return 0;
        }
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
            if (freeObjects == 0) {
                return 0;
            }
            Slab slab = chains.fullestWithFree();
            long address = slab.takeFirst();
            freeObjects--;
            chains.place(slab);
            return address;
        } finally {
            lock.unlock();
        }
    }

    private int takeLocked(long[] addresses, int offset, int count) {
        assert lock.isHeld();
        int taken = 0;
        while (taken < count && freeObjects > 0) {
            Slab slab = chains.fullestWithFree();
            int got = slab.take(addresses, offset + taken, count - taken);
            freeObjects -= got;
            taken += got;
            chains.place(slab);
        }
        return taken;
    }

    void flush(long[] addresses, int offset, int count) {
        flush(addresses, offset, count, true);
    }

    /** Puts back objects that were taken from here; false, and nothing changed, where it would have to wait and may not. */
    boolean flush(long[] addresses, int offset, int count, boolean mayWait) {
        if (!lock.acquire(mayWait)) {
            return false;
        }
        try {
            flushes++;
            for (int i = offset; i < offset + count; i++) {
                put(addresses[i]);
            }
            return true;
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
        chains.place(slab);
    }

    /**
     * Takes in a new slab with all its objects; false, and nothing done, after {@link #removeAll}.
     *
     * @throws IllegalStateException if its memory overlaps that of another slab
     */
    boolean add(Slab slab) {
        lock.lock();
        try {
            if (closed) {
                return false;
            }
            index.requireApart(slab);
            index.add(slab);
            chains.place(slab);
            account(slab, 1);
            return true;
        } finally {
            lock.unlock();
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

    /** The slab of an address, found under the lock and so beyond doubt; or null. */
    Slab find(long address) {
        lock.lock();
        try {
            return index.find(address);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Looks whether the memory of a new slab is apart from that of all others.
     *
     * @throws IllegalStateException if it overlaps that of another slab
     */
    void requireApart(Slab slab) {
        lock.lock();
        try {
            index.requireApart(slab);
        } finally {
            lock.unlock();
        }
    }

    /** Takes out slabs that have all their objects, {@code most} of them at a time, and hides them for good. */
    List<Slab> removeEmpty(int most) {
        return remove(most, true);
    }

    /** Takes out all slabs, whatever is live, and hides them for good; from now on none is taken in. */
    List<Slab> removeAll() {
        return remove(Integer.MAX_VALUE, false);
    }

    private List<Slab> remove(int most, boolean onlyEmpty) {
        List<Slab> removed;
        lock.lock();
        try {
            closed |= !onlyEmpty;
            int found = onlyEmpty ? chains.emptySlabs() : index.slabs().size();
            removed = new ArrayList<>(Math.min(most, found));
            // There is room in the list, and nothing else here needs any: a full heap loses no slab.
            while (removed.size() < most) {
                Slab slab = onlyEmpty ? chains.firstEmpty() : index.first();
                if (slab == null) {
                    break;
                }
                index.remove(slab);
                chains.remove(slab);
                account(slab, -1);
                removed.add(slab);
            }
            index.tidy();
        } finally {
            lock.unlock();
        }
        // Looks at every object; no other thread finds these any more. A loop that needs no heap.
        for (int i = 0; i < removed.size(); i++) {
            removed.get(i).retire();
        }
        return removed;
    }

    private void account(Slab slab, int sign) {
        totalObjects += sign * (long) slab.objects();
        freeObjects += sign * (long) slab.free();
        heapBytes += sign * slab.heapBytes();
        reservedBytes.addAndGet(sign * slab.region().bytes());
    }

    /**
     * The slabs, for a walk without the lock. Copied in pieces, so that no other thread waits for long; what is added or
     * removed meanwhile may be there or not.
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
            return new SlabCounts(
                    index.slabs().size(),
                    totalObjects,
                    freeObjects,
                    reservedBytes.get(),
                    refills,
                    flushes,
                    singleFrees,
                    duplicates,
                    lock.contended(),
                    index.heapBytes() + heapBytes);
        } finally {
            lock.unlock();
        }
    }

    /** Walks everything and compares it with the counts; an {@link AssertionError} names the first difference. */
    void validate() {
        lock.lock();
        try {
            index.validate();
            chains.validate(index.slabs());
            long total = index.slabs().stream().mapToLong(Slab::objects).sum();
            long free = index.slabs().stream().mapToLong(Slab::free).sum();
            Invariant.check(total == totalObjects, "totalObjects is " + total + ", counted", totalObjects);
            long heap = index.slabs().stream().mapToLong(Slab::heapBytes).sum();
            Invariant.check(free == freeObjects, "freeObjects is " + free + ", counted", freeObjects);
            Invariant.check(heap == heapBytes, "heapBytes is " + heap + ", counted", heapBytes);
        } finally {
            lock.unlock();
        }
    }
}

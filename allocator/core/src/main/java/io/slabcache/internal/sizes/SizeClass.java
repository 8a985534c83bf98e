package io.slabcache.internal.sizes;

import io.slabcache.diagnostics.InvalidFreeException;
import io.slabcache.internal.cache.CacheParts;
import io.slabcache.internal.cache.SizedPath;
import io.slabcache.internal.magazine.ThreadCache;
import io.slabcache.internal.magazine.ThreadCaches;
import io.slabcache.internal.slab.LeaseMarks;
import io.slabcache.internal.slab.Slab;
import java.lang.foreign.MemorySegment;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One size class: the way of the calling thread into its cache. */
public final class SizeClass {
    final CacheParts parts;
    private final SizedPath sized;
    private final ThreadCaches caches;
    private final ThreadCache[] near;

    SizeClass(CacheParts parts) {
        this.parts = parts;
        this.sized = Objects.requireNonNull(parts.sized);
        this.caches = parts.core.magazines().caches();
        this.near = caches.near();
    }

    /** {@return the address of an object for a user who asked for so many bytes} */
    public long allocateAddress(long bytes) {
        ThreadCache cache = caches.current(near);
        long popped = cache.trusted ? cache.pop() : 0;
        return popped != 0 ? popped : sized.allocateAddress(cache, bytes);
    }

    /** {@link #allocateAddress(long)} after a look at the next object of the caller's own part. */
    long allocateAddress(ThreadCache cache, long next, long bytes) {
        return sized.handOut(cache, next, bytes);
    }

    /** {@link #allocate(long)}, likewise. */
    MemorySegment allocate(ThreadCache cache, long next, long bytes) {
        return sized.handOutSegment(cache, next, bytes);
    }

    /** {@return a segment of the first bytes of an object} */
    public MemorySegment allocate(long bytes) {
        return sized.allocate(caches.current(near), bytes);
    }

    /** Marks an object, owned by the caller, whose size is below the range of the class because of its alignment. */
    public void markShort(long address) {
        sized.markShort(address);
    }

    /** Frees an object of a slab of this class. */
    public void freeAddress(Slab slab, long address) {
        ThreadCache cache = caches.current(near);
        sized.freeAddress(cache, slab, address);
    }

    /** Frees an object of a slab of this class by a segment. */
    public void free(Slab slab, MemorySegment object) {
        sized.free(caches.current(near), slab, object);
    }

    /** {@return the bytes of an object that its user may use} */
    public long usableBytes(Slab slab, long address) {
        return sized.usableBytes(slab, address);
    }

    /** {@return whether users may use no more of an object than they asked for} */
    public boolean isExact() {
        return sized.notesSizes;
    }

    /** {@return why a segment may not free an object of a slab of this class, or null if it may} */
    @Nullable
    InvalidFreeException refusal(Slab slab, MemorySegment object) {
        return sized.refusal(slab, object);
    }

    /** {@return why an address may not free an object of a slab of this class, or null if it may} */
    @Nullable
    InvalidFreeException refusal(Slab slab, long address) {
        return sized.refusal(slab, address);
    }

    /** Lets the user of a live object keep it under another size; returns whether that is possible. */
    boolean resize(Slab slab, long address, long bytes) {
        return sized.resize(slab, address, bytes);
    }

    /** Allocates many objects or none. */
    void allocateBulk(long bytes, long[] addresses, int offset, int count) {
        sized.allocateBulk(caches.current(near), bytes, addresses, offset, count);
    }

    /** Frees many objects of this class or none. */
    void freeBulk(long[] addresses, int offset, int count) {
        parts.bulk.free(caches.current(near), addresses, offset, count);
    }

    /** {@return the calling thread's part of the cache, for the calls below} */
    public ThreadCache current() {
        return caches.current(near);
    }

    /** Leases an object other than the spare one; returns its address. Nothing else frees it before {@link #endLease}. */
    long lease(ThreadCache cache, long bytes) {
        long address = parts.slow.exchangeGuarded(cache, sized.allocateAddress(cache, bytes));
        if (address == 0) {
            throw parts.exhaustion.exception(1);
        }
        // If a close is being decided, this waits for it. If the close was refused, the lease begins again.
        while (!begin(parts.core.requireSlab(address), address)) {
            Thread.onSpinWait();
        }
        return address;
    }

    /** Marks an object, then checks that its slab is still in use. Leaves no mark if it is not. */
    private static boolean begin(Slab slab, long address) {
        byte[] live = slab.liveBytes();
        int place = slab.place(address);
        LeaseMarks.begin(live, place);
        if (slab.contains(address)) {
            return true;
        }
        LeaseMarks.endIfLeased(live, place);
        return false;
    }

    /** {@return the slab of a leased object} */
    Slab slabOf(long address) {
        return parts.core.requireSlab(address);
    }

    /**
     * Frees a leased object.
     *
     * @throws IllegalStateException if the cache is closed; the lease has ended nevertheless
     */
    void endLease(ThreadCache cache, Slab slab, long address) {
        if (!cache.giveLeasedSpare(address)) {
            endLeaseSlow(cache, slab, address);
        }
    }

    private void endLeaseSlow(ThreadCache cache, Slab slab, long address) {
        takeBack(cache, slab, address, LeaseMarks.endIfLeased(slab.liveBytes(), slab.place(address)));
    }

    /** Frees an object whose lease the caller has just ended, or reports that there was none. */
    void takeBack(ThreadCache cache, Slab slab, long address, boolean leased) {
        if (!slab.contains(address)) {
            parts.core.requireOpen();
        }
        if (leased) {
            parts.freeing.giveBack(cache, address);
        } else {
            parts.misuse.report(address);
        }
    }

    /** {@return the cache in words} */
    @Override
    public String toString() {
        return parts.toString();
    }
}

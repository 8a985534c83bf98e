package io.slabcache;

import io.slabcache.internal.cache.CacheParts;
import io.slabcache.internal.cache.NativeAccess;
import io.slabcache.internal.magazine.ThreadCache;
import io.slabcache.internal.magazine.ThreadCaches;
import io.slabcache.internal.slab.LeaseMarks;
import io.slabcache.internal.slab.Slab;
import io.slabcache.internal.util.StackReserve;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** Views of a cache's objects while they are leased, and the free at the end of a lease. */
final class LeasedObjects {
    /** In stack reserves: enough for a free that finds no room in the caller's magazines, and claims 8 for itself. */
    private static final int SLOW_FREE = 12;

    private final CacheParts parts;
    private final ThreadCaches caches;
    private final long objectSize;

    LeasedObjects(CacheParts parts) {
        this.parts = parts;
        this.caches = parts.core.magazines().caches();
        this.objectSize = parts.core.objectSize();
    }

    /** Makes a view from the address, so that leases need no segment handle of the object. */
    MemorySegment view(long address, Arena arena) {
        return NativeAccess.view(address, objectSize, arena);
    }

    /**
     * Claims the stack for the end of a lease, so that an overflow comes before the first step and not between two. Not
     * if the free is a short one: a claim would cost twice as much as the lease.
     *
     * @return the caller's cache, for the free
     */
    ThreadCache beforeFree() {
        ThreadCache cache = caches.current();
        if (!cache.hasRoom()) {
            StackReserve.claim(SLOW_FREE);
        }
        return cache;
    }

    /** Frees an object whose views have ended. */
    void free(ThreadCache cache, Slab slab, long address) {
        if (!cache.giveLeasedSpare(address)) {
            freeSlow(cache, slab, address);
        }
    }

    private void freeSlow(ThreadCache cache, Slab slab, long address) {
        boolean leased = LeaseMarks.endIfLeased(slab.liveBytes(), slab.place(address));
        if (!slab.contains(address)) {
            parts.core.requireOpen();
        }
        if (leased) {
            parts.freeing.giveBack(cache, address);
        } else {
            parts.misuse.report(address);
        }
    }

    void requireOpen() {
        parts.core.requireOpen();
    }

    String describe(MemorySegment view) {
        return "lease of 0x" + Long.toHexString(view.address()) + " of " + parts;
    }
}

package io.slabcache;

import io.slabcache.internal.cache.CacheParts;
import io.slabcache.internal.cache.NativeAccess;
import io.slabcache.internal.magazine.ThreadCache;
import io.slabcache.internal.magazine.ThreadCaches;
import io.slabcache.internal.slab.Slab;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** Views of a cache's objects while they are leased, and the free at the end of a lease. */
final class LeasedObjects {
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

    /** Frees an object whose views have ended. */
    void free(Slab slab, long address) {
        ThreadCache cache = caches.current();
        if (!cache.giveLeasedSpare(address)) {
            freeSlow(cache, slab, address);
        }
    }

    private void freeSlow(ThreadCache cache, Slab slab, long address) {
        boolean leased = slab.markReturned(address);
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

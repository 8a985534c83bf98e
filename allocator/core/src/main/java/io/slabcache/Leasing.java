package io.slabcache;

import io.slabcache.internal.cache.CacheParts;
import io.slabcache.internal.cache.NativeAccess;
import io.slabcache.internal.magazine.ThreadCache;
import io.slabcache.internal.slab.Slab;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * The beginning of a {@link Lease}. While it lasts, its object is marked: any other free of it is refused, and a forced close
 * leaves the memory of its slab alone.
 */
final class Leasing {
    private final CacheParts parts;
    private final LeasedObjects objects;

    Leasing(CacheParts parts) {
        this.parts = parts;
        this.objects = new LeasedObjects(parts);
    }

    /**
     * On a lease of the spare object, all that can fail comes before the object is marked. So nothing has to be undone, which
     * would make the code too large to be inlined; and only where both ends of a lease are, the compiler makes it no object.
     */
    Lease allocate(ThreadCache cache) {
        NativeAccess.require();
        if (!cache.isSpareIn() || cache.spareAddress() == 0) {
            return allocateSlow(cache);
        }
        Arena arena = Arena.ofConfined();
        MemorySegment view = objects.view(cache.spareAddress(), arena);
        Lease lease = new Lease(objects, cache.spareSlab(), arena, view);
        return cache.leaseSpare() ? lease : allocateSlow(cache);
    }

    private Lease allocateSlow(ThreadCache cache) {
        Arena arena = Arena.ofConfined();
        long address = parts.slow.exchangeGuarded(cache, parts.allocation.tryAllocateAddress(cache));
        if (address == 0) {
            throw parts.exhaustion.exception(1);
        }
        Slab slab = parts.core.requireSlab(address);
        while (!mark(slab, address)) {
            // A close was being decided: if it was refused, all goes on.
            slab = parts.core.requireSlab(address);
        }
        try {
            return new Lease(objects, slab, arena, objects.view(address, arena));
        } catch (RuntimeException | Error e) {
            slab.markReturned(address);
            parts.slow.undo(address);
            throw e;
        }
    }

    /** Marks an object and looks whether its slab is in use still; leaves no mark if it is not. */
    private static boolean mark(Slab slab, long address) {
        slab.markLeased(address);
        if (slab.contains(address)) {
            return true;
        }
        // Where the end of the slab has cleared the mark there is nothing to take back.
        slab.markReturned(address);
        return false;
    }
}

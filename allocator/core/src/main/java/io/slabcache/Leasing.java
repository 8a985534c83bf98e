package io.slabcache;

import io.slabcache.internal.cache.CacheParts;
import io.slabcache.internal.cache.NativeAccess;
import io.slabcache.internal.magazine.ThreadCache;
import io.slabcache.internal.slab.LeaseMarks;
import io.slabcache.internal.slab.Slab;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * Starts a {@link Lease}. During the lease its object is marked: any other free of it is refused, and a forced close
 * keeps the memory of its slab.
 */
final class Leasing {
    private final CacheParts parts;
    private final LeasedObjects objects;

    Leasing(CacheParts parts) {
        this.parts = parts;
        this.objects = new LeasedObjects(parts);
    }

    /**
     * For the spare object, everything that can fail comes before the mark, so there is nothing to undo. Undo code
     * would make this method too large to inline, and escape analysis removes the lease only if both of its ends are
     * inlined.
     */
    Lease allocate(ThreadCache cache) {
        NativeAccess.require();
        long spare = cache.spareAddress();
        if (!cache.isSpareIn() || spare == 0) {
            return allocateSlow(cache);
        }
        Arena arena = Arena.ofConfined();
        MemorySegment view = objects.view(spare, arena);
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
            // A close was being decided. If it was refused, the allocation continues.
            slab = parts.core.requireSlab(address);
        }
        try {
            return new Lease(objects, slab, arena, objects.view(address, arena));
        } catch (RuntimeException | Error e) {
            LeaseMarks.endIfLeased(slab.liveBytes(), slab.place(address));
            parts.slow.undo(address);
            throw e;
        }
    }

    /** Marks an object, then checks that its slab is still in use. Leaves no mark if it is not. */
    private static boolean mark(Slab slab, long address) {
        byte[] live = slab.liveBytes();
        int place = slab.place(address);
        LeaseMarks.begin(live, place);
        if (slab.contains(address)) {
            return true;
        }
        // If the end of the slab has cleared the mark already, this does nothing.
        LeaseMarks.endIfLeased(live, place);
        return false;
    }
}

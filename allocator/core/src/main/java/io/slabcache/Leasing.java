package io.slabcache;

import io.slabcache.internal.magazine.ThreadCache;
import io.slabcache.internal.magazine.ThreadCaches;
import io.slabcache.internal.slab.Slab;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * The beginning and the end of a {@link Lease}. While it lasts, its object is marked: any other free of it is refused, and
 * a forced close leaves the memory of its slab alone.
 */
final class Leasing {
    private final Engine engine;
    private final ThreadCaches caches;
    private final long objectSize;

    Leasing(Engine engine) {
        this.engine = engine;
        this.caches = engine.magazines.caches();
        this.objectSize = engine.objectSize();
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
        MemorySegment view = view(cache.spareAddress(), arena);
        Lease lease = new Lease(this, cache.spareSlab(), arena, view);
        return cache.leaseSpare() ? lease : allocateSlow(cache);
    }

    private Lease allocateSlow(ThreadCache cache) {
        Arena arena = Arena.ofConfined();
        long address = engine.allocation.exchangeGuarded(cache, engine.allocation.tryAllocateAddress(cache));
        if (address == 0) {
            throw engine.exhausted(1);
        }
        Slab slab = engine.requireSlab(address);
        while (!mark(slab, address)) {
            // A close was being decided: if it was refused, all goes on.
            slab = engine.requireSlab(address);
        }
        try {
            return new Lease(this, slab, arena, view(address, arena));
        } catch (RuntimeException | Error e) {
            slab.markReturned(address);
            engine.freeing.unallocate(address);
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

    /** Not of the object's handle, so that leases need none. */
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
            engine.requireOpen();
        }
        if (leased) {
            engine.freeing.giveBack(cache, address);
        } else {
            engine.misuse.report(address);
        }
    }

    void requireOpen() {
        engine.requireOpen();
    }

    String describe(MemorySegment view) {
        return "lease of 0x" + Long.toHexString(view.address()) + " of " + engine;
    }
}

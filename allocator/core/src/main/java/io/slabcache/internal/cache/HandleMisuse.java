package io.slabcache.internal.cache;

import io.slabcache.GenerationHandles;
import io.slabcache.diagnostics.InvalidFreeException;
import io.slabcache.diagnostics.InvalidFreeException.Kind;
import io.slabcache.diagnostics.StaleHandleException;
import io.slabcache.internal.slab.Generations;
import io.slabcache.internal.slab.Slab;
import io.slabcache.internal.util.StackReserve;

/** Explains why a handle of {@link GenerationHandles} was refused. */
public final class HandleMisuse {
    private final CacheCore core;
    private final Misuse misuse;

    HandleMisuse(CacheCore core, Misuse misuse) {
        this.core = core;
        this.misuse = misuse;
    }

    public void reportFree(long handle) {
        StackReserve.claimForFirstUse();
        long address = HandleFormat.address(handle);
        InvalidFreeException what = misuse.diagnose(address);
        misuse.report(
                address,
                what.kind() == Kind.DOUBLE_FREE
                        ? new InvalidFreeException(Kind.DOUBLE_FREE, "free of " + stale(handle))
                        : new InvalidFreeException(what.kind(), name(handle) + ": " + what.getMessage()));
    }

    /** The exception for a look-up. No policy can turn it into a warning, because there is nothing to return. */
    public IllegalArgumentException ofLookup(long handle) {
        StackReserve.claimForFirstUse();
        long address = HandleFormat.address(handle);
        Slab slab = core.supply.find(address);
        if (slab == null || !slab.startsAt(address)) {
            return new IllegalArgumentException(name(handle) + " is not a handle of " + core
                    + "; expected a result of generations().allocate(), is it of another cache, or an address?");
        }
        return new StaleHandleException(
                "look-up of " + stale(handle),
                HandleFormat.generation(handle),
                Generations.last(slab.generations(), slab.place(address)));
    }

    private String stale(long handle) {
        long address = HandleFormat.address(handle);
        Slab slab = core.supply.find(address);
        int current = slab == null ? -1 : Generations.last(slab.generations(), slab.place(address));
        return name(handle) + ", an object of " + core + " that was freed since"
                + (current == HandleFormat.generation(handle)
                        ? "; was it freed twice, or did another holder of the handle free it?"
                        : ": its generation is " + current + " now; was the handle kept past its free?");
    }

    private static String name(long handle) {
        return "handle 0x" + Long.toHexString(handle) + " (0x" + Long.toHexString(HandleFormat.address(handle))
                + ", generation " + HandleFormat.generation(handle) + ")";
    }
}

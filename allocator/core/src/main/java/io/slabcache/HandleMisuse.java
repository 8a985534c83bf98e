package io.slabcache;

import io.slabcache.InvalidFreeException.Kind;
import io.slabcache.internal.slab.Slab;
import io.slabcache.internal.util.StackReserve;

/** Says what is wrong with a handle of {@link GenerationHandles} that was refused. */
final class HandleMisuse {
    private final Engine engine;

    HandleMisuse(Engine engine) {
        this.engine = engine;
    }

    /** Reports the free of a handle. */
    void reportFree(long handle) {
        StackReserve.claimForFirstUse();
        long address = HandleFormat.address(handle);
        InvalidFreeException what = engine.misuse.diagnose(address);
        engine.misuse.report(
                address,
                what.kind() == Kind.DOUBLE_FREE
                        ? new InvalidFreeException(Kind.DOUBLE_FREE, "free of " + stale(handle))
                        : new InvalidFreeException(what.kind(), name(handle) + ": " + what.getMessage()));
    }

    /** The exception for a look-up, which no policy can turn into a warning: there is nothing to return. */
    IllegalArgumentException ofLookup(long handle) {
        StackReserve.claimForFirstUse();
        long address = HandleFormat.address(handle);
        Slab slab = engine.supply.find(address);
        if (slab == null || !slab.startsAt(address)) {
            return new IllegalArgumentException(
                    name(handle) + " is none of " + engine
                            + "; expected what allocate() of its generations() returned, is it of another cache, or an address?");
        }
        return new StaleHandleException(
                "look-up of " + stale(handle), HandleFormat.generation(handle), slab.generation(address));
    }

    private String stale(long handle) {
        long address = HandleFormat.address(handle);
        Slab slab = engine.supply.find(address);
        int current = slab == null ? -1 : slab.generation(address);
        return name(handle) + ", an object of " + engine + " that was freed since"
                + (current == HandleFormat.generation(handle)
                        ? "; was it freed twice, or is the handle shared with somebody who freed it?"
                        : ": its generation is " + current + " now; was the handle kept past its free?");
    }

    private static String name(long handle) {
        return "handle 0x" + Long.toHexString(handle) + " (0x" + Long.toHexString(HandleFormat.address(handle))
                + ", generation " + HandleFormat.generation(handle) + ")";
    }
}

package io.slabcache.internal.cache;

import io.slabcache.internal.debug.DebugLayer;
import io.slabcache.internal.debug.SlabObject;
import io.slabcache.internal.leaks.LeakWatches;
import io.slabcache.internal.slab.Slab;

/** Tells by the account of the debug layer whether an allocation goes on. */
record DebugLiveness(DebugLayer layer) implements LeakWatches.Liveness {
    /** Nothing to note: an allocation goes on until the next one of the object, at which the watch is forgotten. */
    @Override
    public void begin(Slab slab, long address) {
        assert goesOn(slab, address);
    }

    @Override
    public boolean goesOn(Slab slab, long address) {
        return layer.isLive(SlabObject.at(slab, address));
    }
}

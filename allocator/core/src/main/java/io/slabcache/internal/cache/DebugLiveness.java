package io.slabcache.internal.cache;

import io.slabcache.internal.debug.DebugLayer;
import io.slabcache.internal.debug.SlabObject;
import io.slabcache.internal.leaks.LeakWatches;
import io.slabcache.internal.slab.Slab;

/** Tells from the account of the debug layer whether an allocation is still live. */
record DebugLiveness(DebugLayer layer) implements LeakWatches.Liveness {
    /** Nothing to record: the object's next allocation ends this one and forgets its watch. */
    @Override
    public void begin(Slab slab, long address) {
        assert goesOn(slab, address);
    }

    @Override
    public boolean goesOn(Slab slab, long address) {
        return layer.isLive(SlabObject.at(slab, address));
    }
}

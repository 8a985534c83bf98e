package io.slabcache.internal.leaks;

import io.slabcache.internal.slab.Slab;

/**
 * Tells from an object's live byte whether its watched allocation is current. A free clears the byte and no other
 * allocation writes this value, so neither needs extra code.
 */
public final class LiveByte implements LeakWatches.Liveness {
    /** Neither 0, which means free, nor a value that unwatched allocations write. */
    private static final byte WATCHED = 3;

    /** For a cache that keeps live bytes. */
    public LiveByte() {}

    @Override
    public void begin(Slab slab, long address) {
        slab.liveBytes()[slab.place(address)] = WATCHED;
    }

    @Override
    public boolean goesOn(Slab slab, long address) {
        return slab.liveBytes()[slab.place(address)] == WATCHED;
    }
}

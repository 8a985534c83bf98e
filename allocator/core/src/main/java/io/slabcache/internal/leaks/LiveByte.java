package io.slabcache.internal.leaks;

import io.slabcache.internal.slab.Slab;

/**
 * Tells by the live byte of an object whether its watched allocation goes on: a free clears it, and no other allocation
 * sets it to this value. So neither needs any code for it.
 */
public final class LiveByte implements LeakWatches.Liveness {
    /** Not 0, which is free, nor what allocations write that nobody watches. */
    private static final byte WATCHED = 3;

    /** Of a cache whose objects have live bytes that are kept. */
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

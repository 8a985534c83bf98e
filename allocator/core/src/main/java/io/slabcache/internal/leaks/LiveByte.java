package io.slabcache.internal.leaks;

import io.slabcache.internal.slab.SizedObjects;
import io.slabcache.internal.slab.Slab;

/**
 * Tells from an object's live byte whether its watched allocation is current. A free clears the byte and no other
 * allocation writes this value, so neither needs extra code.
 */
public final class LiveByte implements LeakWatches.Liveness {
    /** Neither 0, which means free, nor a value that unwatched allocations write. A mark of the size may come beside it. */
    private static final byte WATCHED = 3;

    /** Another one, for an object that is sampled and not watched. */
    private static final byte SAMPLED = 4;

    private final byte mark;

    private LiveByte(byte mark) {
        this.mark = mark;
    }

    /** {@return for watched objects of a cache that keeps live bytes} */
    public static LiveByte ofWatched() {
        return new LiveByte(WATCHED);
    }

    /** {@return for sampled objects of a cache that keeps live bytes} */
    public static LiveByte ofSampled() {
        return new LiveByte(SAMPLED);
    }

    @Override
    public void begin(Slab slab, long address) {
        slab.liveBytes()[slab.place(address)] = mark;
    }

    @Override
    public boolean goesOn(Slab slab, long address) {
        return SizedObjects.withoutShort(slab.liveBytes()[slab.place(address)]) == mark;
    }
}

package io.slabcache.internal.slab;

import java.util.ArrayList;
import java.util.List;

/**
 * Gives the regions of slabs that are out of use back to the memory source, and keeps those that something still holds,
 * such as a native call, for the next time. Guarded by the growth lock of the {@link SlabSupply}.
 */
final class RegionReturns {
    private final List<Slab> held = new ArrayList<>();

    /** Closes the regions of some slabs and of those held before; returns the bytes given back. */
    long release(List<Slab> slabs) {
        List<Slab> all = new ArrayList<>(held);
        all.addAll(slabs);
        held.clear();
        long released = 0;
        for (Slab slab : all) {
            long bytes = slab.region().segment().byteSize();
            try {
                slab.region().close();
                released += bytes;
            } catch (IllegalStateException e) {
                held.add(slab);
            }
        }
        return released;
    }

    /** Slabs whose memory could not be given back yet. */
    int held() {
        return held.size();
    }
}

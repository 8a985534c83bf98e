package io.slabcache.internal.slab;

import java.util.ArrayList;
import java.util.List;

/**
 * Gives the regions of slabs that are out of use back to the memory source, and keeps those that something still holds,
 * such as a native call, for the next time. Guarded by the growth lock of the {@link SlabSupply}.
 */
final class RegionReturns {
    private final List<Slab> held = new ArrayList<>();

    /**
     * Closes the regions of some slabs and of those held before, whatever any of them throws.
     *
     * @return bytes given back
     * @throws RuntimeException the first that was thrown by a region, other than the {@link IllegalStateException} that
     *     says that it is still held
     */
    long release(List<Slab> slabs) {
        List<Slab> all = new ArrayList<>(held);
        all.addAll(slabs);
        held.clear();
        long released = 0;
        RuntimeException unexpected = null;
        for (Slab slab : all) {
            long bytes = slab.region().segment().byteSize();
            try {
                slab.region().close();
                released += bytes;
            } catch (RuntimeException e) {
                held.add(slab);
                unexpected = unexpected != null || e instanceof IllegalStateException ? unexpected : e;
            }
        }
        if (unexpected != null) {
            throw unexpected;
        }
        return released;
    }

    /** Slabs whose memory could not be given back yet. */
    int held() {
        return held.size();
    }
}

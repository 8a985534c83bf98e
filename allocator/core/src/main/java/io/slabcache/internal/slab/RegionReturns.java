package io.slabcache.internal.slab;

import io.slabcache.memory.MemoryRegion;
import java.util.ArrayList;
import java.util.List;

/**
 * Gives the regions of slabs that are out of use, or never came into use, back to the memory source, and keeps those that
 * something still holds, such as a native call or a lease, for the next time. Guarded by the growth lock of the
 * {@link SlabSupply}.
 */
final class RegionReturns {
    private final List<MemoryRegion> held = new ArrayList<>();

    /**
     * Closes the regions of some slabs and of those held before, whatever any of them throws.
     *
     * @return bytes given back
     * @throws RuntimeException the first that was thrown by a region, other than the {@link IllegalStateException} that
     *     says that it is still held
     */
    long release(List<Slab> slabs) {
        List<MemoryRegion> all = new ArrayList<>(held);
        slabs.forEach(slab -> all.add(new SlabRegion(slab)));
        held.clear();
        long released = 0;
        Throwable unexpected = null;
        for (MemoryRegion region : all) {
            long bytes = region.segment().byteSize();
            try {
                region.close();
                released += bytes;
            } catch (RuntimeException | Error e) {
                held.add(region);
                unexpected = unexpected != null || e instanceof IllegalStateException ? unexpected : e;
            }
        }
        if (unexpected instanceof Error error) {
            throw error;
        }
        if (unexpected != null) {
            throw (RuntimeException) unexpected;
        }
        return released;
    }

    /** Closes a region that became no slab, or keeps it for the next time. */
    void discard(MemoryRegion region, Throwable because) {
        try {
            region.close();
        } catch (RuntimeException | Error e) {
            because.addSuppressed(e);
            if (region.segment() != null) {
                held.add(region);
            }
        }
    }

    /** Regions whose memory could not be given back yet. */
    int held() {
        return held.size();
    }
}

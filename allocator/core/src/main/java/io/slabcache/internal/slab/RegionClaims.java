package io.slabcache.internal.slab;

import io.slabcache.memory.MemoryRegion;
import java.lang.foreign.MemorySegment;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Which regions, and which life times of memory, the slabs of a supply have. Closing one region must not end the memory of
 * another: no two slabs have one region, and a region that closes its arena has that for itself. A source with regions of
 * its own may cut them from one arena. Guarded by the lock of {@link RegionReturns}.
 */
final class RegionClaims {
    /** In the place of a count: one region, which ends the scope when it is closed. */
    private static final int OWNED = -1;

    private final Set<MemoryRegion> regions = Collections.newSetFromMap(new IdentityHashMap<>());

    /** How many regions have memory of a scope. */
    private final Map<MemorySegment.Scope, Integer> scopes = new HashMap<>();

    /** False if another slab has the same region. */
    boolean add(SlabRegion region) {
        region.isClaimed = regions.add(region.region());
        return region.isClaimed;
    }

    /** False if closing the region would end the memory of another slab, or the other way round. */
    boolean addScope(SlabRegion region) {
        int others = scopes.getOrDefault(region.segment().scope(), 0);
        if (others == OWNED || others > 0 && region.ownsArena()) {
            return false;
        }
        scopes.put(region.segment().scope(), region.ownsArena() ? OWNED : others + 1);
        region.isScopeClaimed = true;
        return true;
    }

    /** Ends what was claimed for the region, and not what was refused to it. Allocates nothing. */
    void remove(SlabRegion region) {
        if (region.isClaimed) {
            regions.remove(region.region());
            region.isClaimed = false;
        }
        if (region.isScopeClaimed) {
            scopes.computeIfPresent(region.segment().scope(), (scope, count) -> count > 1 ? count - 1 : null);
            region.isScopeClaimed = false;
        }
    }
}

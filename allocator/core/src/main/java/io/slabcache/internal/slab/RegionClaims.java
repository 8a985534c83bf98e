package io.slabcache.internal.slab;

import java.lang.foreign.MemorySegment;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;

/**
 * The regions and scopes of memory that belong to the slabs of a supply. Closing one region must not end the memory of
 * another. So no two slabs share a region, and a region that closes its arena shares that with no other. A source with
 * its own class of regions may cut several from one arena. Guarded by the lock of {@link RegionReturns}.
 */
final class RegionClaims {
    /** In place of a count: one region, whose close ends the scope. */
    private static final int OWNED = -1;

    private final Set<Object> regions = Collections.newSetFromMap(new IdentityHashMap<>());

    /** The number of regions in each scope. */
    private final Map<MemorySegment.Scope, Integer> scopes = new HashMap<>();

    /** Claims a region; false if another slab has it. */
    boolean add(SlabRegion region) {
        region.isClaimed = regions.add(region.origin());
        return region.isClaimed;
    }

    /** Claims a region's scope; false if closing this region or another one would end the memory of both. */
    boolean addScope(SlabRegion region) {
        int others = scopes.getOrDefault(region.segment().scope(), 0);
        if (others == OWNED || others > 0 && region.ownsArena()) {
            return false;
        }
        scopes.put(region.segment().scope(), region.ownsArena() ? OWNED : others + 1);
        region.isScopeClaimed = true;
        return true;
    }

    /** Ends the claims that were granted to the region. Allocates nothing. */
    void remove(SlabRegion region) {
        if (region.isClaimed) {
            regions.remove(region.origin());
            region.isClaimed = false;
        }
        if (region.isScopeClaimed) {
            scopes.computeIfPresent(region.segment().scope(), (scope, count) -> count > 1 ? count - 1 : null);
            region.isScopeClaimed = false;
        }
    }
}

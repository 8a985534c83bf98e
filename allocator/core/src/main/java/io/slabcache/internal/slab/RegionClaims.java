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
    /** The claims on one scope. */
    private static final class Claim {
        int regions;

        /** Whether there is one region, whose close ends the scope. */
        boolean isOwned;
    }

    // Made for the first region and dropped with the last one, because maps never shrink.
    private Set<Object> regions;
    private Map<MemorySegment.Scope, Claim> scopes;

    /** Claims a region; false if another slab has it. */
    boolean add(SlabRegion region) {
        if (regions == null) {
            regions = Collections.newSetFromMap(new IdentityHashMap<>(1));
        }
        region.isClaimed = regions.add(region.origin());
        return region.isClaimed;
    }

    /** Claims a region's scope; false if closing this region or another one would end the memory of both. */
    boolean addScope(SlabRegion region) {
        if (scopes == null) {
            scopes = new HashMap<>();
        }
        Claim claim = scopes.computeIfAbsent(region.segment().scope(), scope -> new Claim());
        if (claim.isOwned || claim.regions > 0 && region.ownsArena()) {
            return false;
        }
        claim.regions++;
        claim.isOwned = region.ownsArena();
        region.isScopeClaimed = true;
        return true;
    }

    /** Ends the claims that were granted to the region. Allocates nothing. */
    void remove(SlabRegion region) {
        if (region.isClaimed) {
            regions.remove(region.origin());
            regions = regions.isEmpty() ? null : regions;
            region.isClaimed = false;
        }
        if (region.isScopeClaimed) {
            removeScope(region.segment().scope());
            region.isScopeClaimed = false;
        }
    }

    private void removeScope(MemorySegment.Scope scope) {
        Claim claim = scopes.get(scope);
        claim.regions--;
        if (claim.regions == 0) {
            scopes.remove(scope);
            scopes = scopes.isEmpty() ? null : scopes;
        }
    }
}

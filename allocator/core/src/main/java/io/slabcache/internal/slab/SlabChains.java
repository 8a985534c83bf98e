package io.slabcache.internal.slab;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * All slabs of a cache, ordered by how full they are: full, partial, empty. Guarded by the lock of the {@link
 * SlabList}.
 *
 * <p>Objects are taken from the fullest partial slabs, ranked by quarters. So frees gather in the other slabs, which
 * become empty and can be returned.
 *
 * <p>The slab that serves is on no chain. Single objects are taken from it until it has none left: a slab at the edge
 * of its chain would otherwise move twice for each object that is taken and put back.
 */
final class SlabChains {
    private static final int LEVELS = 4;

    private final SlabChain<Slab> full = new SlabChain<>();

    /** Slabs with at most a quarter of their objects free, then at most two quarters, and so on. */
    private final List<SlabChain<Slab>> partial = new ArrayList<>(LEVELS);

    private final SlabChain<Slab> empty = new SlabChain<>();

    /** The slab that serves, or null. It may be full, partial or empty. */
    private Slab serving;

    SlabChains() {
        for (int level = 0; level < LEVELS; level++) {
            partial.add(new SlabChain<>());
        }
    }

    /** Puts a slab on the chain for its number of free objects, unless it serves. */
    void place(Slab slab) {
        if (slab != serving) {
            chainOf(slab).accept(slab.link);
        }
    }

    /** Whether a slab is here. */
    boolean holds(Slab slab) {
        return slab == serving || slab.link.isOnAny();
    }

    void remove(Slab slab) {
        settle();
        slab.link.leave();
    }

    /** Puts the slab that serves on its chain, too. */
    private void settle() {
        Slab served = serving;
        if (served != null) {
            serving = null;
            place(served);
        }
    }

    /** The slab to take one object from, or null if no slab has any. */
    Slab serving() {
        return serving != null && serving.freeMap.free() > 0 ? serving : serveFullest();
    }

    /** The slab to take many objects from, or null if no slab has any. It serves from now on. */
    Slab serveFullest() {
        settle();
        serving = fullestWithFree();
        if (serving != null) {
            serving.link.leave();
        }
        return serving;
    }

    private Slab fullestWithFree() {
        // Without an iterator: the heap may be full.
        for (int level = 0; level < LEVELS; level++) {
            Slab slab = partial.get(level).first();
            if (slab != null) {
                return slab;
            }
        }
        return empty.first();
    }

    /** A slab whose objects are all free, or null. */
    Slab firstEmpty() {
        settle();
        return empty.first();
    }

    int emptySlabs() {
        settle();
        return empty.length();
    }

    /** Checks that exactly these slabs are here, each on its chain. */
    void validate(Collection<Slab> slabs) {
        int length = full.length() + empty.length() + (serving == null ? 0 : 1);
        for (SlabChain<Slab> chain : partial) {
            length += chain.length();
        }
        Invariant.check(length == slabs.size(), "slabs on chains", length);
        for (Slab slab : slabs) {
            Invariant.check(
                    slab == serving || slab.link.isOn(chainOf(slab)), "slab on the wrong chain", slab.freeMap.free());
        }
    }

    private SlabChain<Slab> chainOf(Slab slab) {
        int free = slab.freeMap.free();
        if (free == 0) {
            return full;
        }
        return free == slab.objects() ? empty : partial.get(level(free, slab.objects() >> 2));
    }

    /** Avoids a division, because it runs for each flushed object. */
    private static int level(int free, int quarter) {
        int half = quarter * 2;
        return free <= half ? (free <= quarter ? 0 : 1) : free <= half + quarter ? 2 : LEVELS - 1;
    }
}

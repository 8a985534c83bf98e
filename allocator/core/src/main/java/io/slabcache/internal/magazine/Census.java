package io.slabcache.internal.magazine;

import io.slabcache.internal.slab.Slab;
import io.slabcache.internal.slab.SlabSupply;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * The place of each object of a cache: in a magazine, free in its slab, or live because it is in neither. A slow walk,
 * exact only while no thread is inside the cache.
 */
public final class Census {
    private static final int SAMPLES = 8;

    private final Map<Slab, BitSet> cachedBySlab = new IdentityHashMap<>();
    private final List<String> findings = new ArrayList<>();
    private final List<Long> liveSamples = new ArrayList<>();
    private final boolean liveBytesKept;
    private long cached;
    private long free;
    private long live;

    private Census(boolean liveBytesKept) {
        this.liveBytesKept = liveBytesKept;
    }

    /**
     * Walks a cache.
     *
     * @param supply the slab layer
     * @param magazines the layer above it
     * @param liveBytesKept whether the cache keeps live bytes, to be compared with the result
     * @return the result
     */
    public static Census of(SlabSupply supply, MagazineLayer magazines, boolean liveBytesKept) {
        Census census = new Census(liveBytesKept);
        magazines.forEachCached(address -> census.addCached(supply.index().find(address), address));
        supply.slabs().forEach(census::addSlab);
        try {
            supply.validate();
        } catch (AssertionError e) {
            census.findings.add(e.getMessage());
        }
        return census;
    }

    private void addCached(Slab slab, long address) {
        cached++;
        if (slab == null || !slab.startsAt(address)) {
            findings.add("a magazine holds 0x" + Long.toHexString(address) + ", which is not an object of the cache");
            return;
        }
        BitSet seen = cachedBySlab.computeIfAbsent(slab, s -> new BitSet());
        int index = slab.indexOf(address);
        if (seen.get(index)) {
            findings.add("two magazines hold the object at 0x" + Long.toHexString(address));
        }
        seen.set(index);
    }

    private void addSlab(Slab slab) {
        BitSet inMagazines = cachedBySlab.getOrDefault(slab, new BitSet());
        for (int i = 0; i < slab.objects(); i++) {
            boolean isCached = inMagazines.get(i);
            boolean isFree = slab.isFree(i);
            boolean isLive = !isCached && !isFree;
            free += isFree ? 1 : 0;
            if (isCached && isFree) {
                findings.add(
                        "object at 0x" + Long.toHexString(slab.address(i)) + " is in a magazine and free in its slab");
            }
            if (liveBytesKept && isLive != slab.isLive(slab.address(i))) {
                findings.add("object at 0x" + Long.toHexString(slab.address(i)) + " is "
                        + (isLive ? "in no magazine and not free, but not marked live" : "marked live, but free"));
            }
            if (isLive && live++ < SAMPLES) {
                liveSamples.add(slab.address(i));
            }
        }
    }

    /**
     * Returns the inconsistencies, in words.
     *
     * @return empty for a healthy cache
     */
    public List<String> findings() {
        return findings;
    }

    /**
     * Returns the number of objects in magazines.
     *
     * @return objects
     */
    public long cached() {
        return cached;
    }

    /**
     * Returns the number of objects free in slabs.
     *
     * @return objects
     */
    public long free() {
        return free;
    }

    /**
     * Returns the number of objects in neither.
     *
     * @return objects
     */
    public long live() {
        return live;
    }

    /**
     * Returns the addresses of some live objects.
     *
     * @return up to eight
     */
    public long[] liveSamples() {
        return liveSamples.stream().mapToLong(Long::longValue).toArray();
    }
}

package io.slabcache.internal.debug;

import io.slabcache.internal.slab.Slab;
import java.lang.foreign.MemorySegment;

/**
 * The gaps around objects, filled when the slab is made: nobody has any business there, so whatever changes was written
 * past the end or before the start of an object.
 *
 * <p>One value, whether the neighbours are live or free: each gap belongs to the object before and the one behind it,
 * and a write changes it once, at most to be repaired.
 */
final class Redzones {
    static final byte VALUE = (byte) 0xcc;

    /** Bytes between two objects at least. */
    static final int SMALLEST = 16;

    private static final Pattern PATTERN = new Pattern(VALUE, VALUE);

    private final Zones zones;

    Redzones(Zones zones) {
        this.zones = zones;
    }

    void prepare(Slab slab) {
        for (int gap = 0; gap <= slab.objects(); gap++) {
            repair(slab, gap);
        }
    }

    /** The address of the first byte of a gap that somebody wrote, or 0. */
    long firstBad(Slab slab, int gap) {
        MemorySegment piece = zones.gap(slab, gap);
        long bad = PATTERN.firstBad(piece);
        return bad < 0 ? 0 : piece.address() + bad;
    }

    long length(int gap) {
        return zones.gapLength(gap);
    }

    void repair(Slab slab, int gap) {
        PATTERN.fill(slab.memory(), zones.gapStart(slab, gap), zones.gapLength(gap));
    }
}

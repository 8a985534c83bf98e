package io.slabcache.internal.debug;

import io.slabcache.internal.slab.Slab;
import java.lang.foreign.MemorySegment;

/**
 * The gaps around objects, filled when the slab is made. Every change of a gap is a write past the end or before the
 * start of an object.
 *
 * <p>The fill does not depend on whether the neighbours are live, because each gap belongs to two objects. It is
 * written once, and again only to repair it.
 */
final class Redzones {
    static final byte VALUE = (byte) 0xcc;

    /** Least number of bytes between two objects. */
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

    /** The address of the first overwritten byte of a gap, or 0. */
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

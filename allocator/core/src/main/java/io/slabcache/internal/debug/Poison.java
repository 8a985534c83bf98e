package io.slabcache.internal.debug;

import io.slabcache.internal.slab.Slab;
import java.lang.foreign.MemorySegment;

/** The contents of free objects. A differing byte was written after the free. */
final class Poison {
    static final byte VALUE = 0x6b;

    /** The last byte of an object, so that a read that is off by one shows. */
    static final byte END = (byte) 0xa5;

    private static final Pattern PATTERN = new Pattern(VALUE, END);

    private final Zones zones;

    Poison(Zones zones) {
        this.zones = zones;
    }

    void prepare(Slab slab) {
        for (int index = 0; index < slab.objects(); index++) {
            fill(slab, index);
        }
    }

    void fill(Slab slab, int index) {
        PATTERN.fill(slab.memory(), slab.address(index), zones.objectSize());
    }

    /** The address of the first overwritten byte of a free object, or 0. */
    long firstBad(Slab slab, int index) {
        MemorySegment object = zones.object(slab, index);
        long bad = PATTERN.firstBad(object);
        return bad < 0 ? 0 : object.address() + bad;
    }

    byte expected(Slab slab, int index, long address) {
        MemorySegment object = zones.object(slab, index);
        return PATTERN.expected(object, address - object.address());
    }
}

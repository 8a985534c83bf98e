package io.slabcache.internal.debug;

import io.slabcache.internal.slab.Slab;
import java.lang.foreign.MemorySegment;

/** The contents of free objects: what differs from it was written by somebody who had no right to any more. */
final class Poison {
    static final byte VALUE = 0x6b;

    /** In the last byte of an object, so that a read which is off by one shows. */
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

    /** The address of the first byte of a free object that somebody wrote, or 0. */
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

package io.slabcache.internal.debug;

import io.slabcache.internal.slab.Slab;

/**
 * An object, known by its place.
 *
 * @param slab that it is part of
 * @param index in the slab
 */
public record SlabObject(Slab slab, int index) {
    /**
     * The object at an address.
     *
     * @param slab that the address lies in
     * @param address of the object
     * @return the object
     */
    public static SlabObject at(Slab slab, long address) {
        return new SlabObject(slab, slab.indexOf(address));
    }

    /** {@return the address of the object} */
    public long address() {
        return slab.address(index);
    }
}

package io.slabcache.internal.debug;

import io.slabcache.internal.slab.Slab;

/**
 * An object, identified by slab and index.
 *
 * @param slab that contains it
 * @param index in the slab
 */
public record SlabObject(Slab slab, int index) {
    /**
     * Returns the object at an address.
     *
     * @param slab that contains the address
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

package io.slabcache.internal.debug;

import io.slabcache.internal.slab.Generations;
import io.slabcache.internal.slab.LeaseMarks;
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

    /** Ends the generation under which the object was handed out, if there is one. */
    void endGeneration() {
        Generations.markFree(slab.liveBytes(), slab.generations(), place());
    }

    /** The place of the object in the slab's tables. */
    int place() {
        return slab.place(address());
    }

    /** Whether the object is leased, so that only the lease may free it. */
    boolean isLeased() {
        return LeaseMarks.isLeased(slab.liveBytes(), place());
    }
}

package io.slabcache.internal.slab;

import io.slabcache.internal.util.Lincheck;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.ThreadIdGen;

/**
 * Threads with a slab each in a directory, for Lincheck. The slabs are neighbours in one granule of the table, so their
 * entries displace each other. There is no memory at the addresses.
 */
public class SlabDirectoryOperations {
    private static final long BASE = 1 << 20;
    private static final int SLAB_BYTES = 4_096 - 64;
    private static final SlabGeometry GEOMETRY = new SlabGeometry(64, 64, SLAB_BYTES, Long.MAX_VALUE);

    final SlabDirectory directory = new SlabDirectory();
    private final Slab[] slabs = new Slab[Lincheck.OWNERS];
    private final boolean[] isIn = new boolean[Lincheck.OWNERS];

    /** Makes the slabs. */
    public SlabDirectoryOperations() {
        for (int i = 0; i < slabs.length; i++) {
            slabs[i] = Slabs.at(BASE + i * SLAB_BYTES, GEOMETRY, SLAB_BYTES / 64);
        }
    }

    /** Returns whether the slab was not there. */
    @Operation
    public boolean add(@Param(gen = ThreadIdGen.class) int owner) {
        if (isIn[owner]) {
            return false;
        }
        isIn[owner] = true;
        directory.add(slabs[owner]);
        return true;
    }

    /** Returns whether the slab was there. */
    @Operation
    public boolean remove(@Param(gen = ThreadIdGen.class) int owner) {
        if (!isIn[owner]) {
            return false;
        }
        isIn[owner] = false;
        directory.remove(slabs[owner]);
        return true;
    }

    /** Returns whether the slab is found, without a lock. */
    @Operation
    public boolean find(@Param(gen = ThreadIdGen.class) int owner) {
        Slab found = directory.find(slabs[owner].address(1));
        if (found != null && found != slabs[owner]) {
            throw new AssertionError("found another slab");
        }
        return found != null;
    }

    /** Returns whether the slab is found, behind the lock. */
    @Operation
    public boolean findSurely(@Param(gen = ThreadIdGen.class) int owner) {
        return directory.findSurely(slabs[owner].address(1)) == slabs[owner];
    }
}

package io.slabcache.internal.slab;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.slabcache.internal.util.CountedLock;
import io.slabcache.internal.util.Holders;
import io.slabcache.internal.util.Lincheck;
import java.util.Arrays;
import java.util.function.LongConsumer;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.ThreadIdGen;
import org.jetbrains.lincheck.datastructures.Validate;

/**
 * Owners of objects and a slab list, for Lincheck. There is no memory at the addresses of the slabs.
 *
 * <p>The only file of this check that calls the list.
 */
public class SlabListOperations {
    static final int OBJECTS = 8;
    private static final int STRIDE = 64;
    private static final int PER_SLAB = 4;
    private static final long BASE = 1 << 20;
    private static final SlabGeometry GEOMETRY = new SlabGeometry(STRIDE, STRIDE, STRIDE * PER_SLAB, OBJECTS);

    final SlabList list = new SlabList(new SlabIndex(GEOMETRY.granuleShift()), new CountedLock());
    private final Holders holders = new Holders(BASE, STRIDE, OBJECTS);
    private final long[][] held = new long[Lincheck.OWNERS][OBJECTS];
    private final int[] counts = new int[Lincheck.OWNERS];

    /** Two slabs, both empty. */
    public SlabListOperations() {
        for (int object = 0; object < OBJECTS; object += PER_SLAB) {
            list.add(Slabs.at(BASE + object * STRIDE, GEOMETRY, PER_SLAB));
        }
    }

    /** Returns how many of the wanted objects the owner got. */
    @Operation
    public int take(@Param(gen = ThreadIdGen.class) int owner, @Param(gen = IntGen.class, conf = "1:5") int wanted) {
        int taken = list.take(held[owner], counts[owner], wanted);
        for (int i = 0; i < taken; i++) {
            holders.mark(held[owner][counts[owner]++]);
        }
        return taken;
    }

    /** Returns whether the owner got an object. */
    @Operation
    public boolean takeOne(@Param(gen = ThreadIdGen.class) int owner) {
        long address = list.takeOne();
        if (address == 0) {
            return false;
        }
        holders.mark(address);
        held[owner][counts[owner]++] = address;
        return true;
    }

    /** The same, with a mark. */
    @Operation
    public boolean allocate(@Param(gen = ThreadIdGen.class) int owner) {
        long address = list.allocate(true);
        if (address == 0) {
            return false;
        }
        holders.mark(address);
        held[owner][counts[owner]++] = address;
        return true;
    }

    /** Gives all of the owner's objects back; returns their number. */
    @Operation
    public int flush(@Param(gen = ThreadIdGen.class) int owner) {
        int count = counts[owner];
        for (int i = 0; i < count; i++) {
            holders.unmark(held[owner][i]);
        }
        list.flush(held[owner], 0, count);
        counts[owner] = 0;
        return count;
    }

    /** Returns whether the owner had an object, and gives it back. */
    @Operation
    public boolean free(@Param(gen = ThreadIdGen.class) int owner) {
        if (counts[owner] == 0) {
            return false;
        }
        long address = held[owner][--counts[owner]];
        holders.unmark(address);
        list.free(address);
        return true;
    }

    /** Returns the number of free objects in the list. */
    @Operation
    public long freeObjects() {
        return list.counts().freeObjects();
    }

    /** Checks that no object is lost and that the list is consistent. */
    @Validate
    public void validate() {
        list.validate();
        assertEquals(0, list.counts().duplicates());
        holders.assertEachInOnePlace(this::forEachHeld, list.counts().freeObjects());
    }

    private void forEachHeld(LongConsumer action) {
        for (int owner = 0; owner < Lincheck.OWNERS; owner++) {
            Arrays.stream(held[owner], 0, counts[owner]).forEach(action);
        }
    }
}

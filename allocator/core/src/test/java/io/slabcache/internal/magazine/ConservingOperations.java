package io.slabcache.internal.magazine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.slabcache.internal.slab.SlabCounts;
import io.slabcache.internal.slab.SlabGeometry;
import io.slabcache.internal.slab.SlabSupply;
import io.slabcache.internal.util.Holders;
import io.slabcache.internal.util.LentMemory;
import java.util.function.LongConsumer;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Validate;

/**
 * Threads that allocate and free, for Lincheck: no object is lost or in two places. Memory suffices, so each allocation
 * succeeds. The specification is {@link AmpleObjects}.
 */
public abstract class ConservingOperations {
    private static final int STRIDE = 64;
    private static final int OBJECTS = 24;

    final SlabSupply supply;
    private final Holders holders = new Holders(LentMemory.base(), STRIDE, OBJECTS);

    /** A supply with one slab. */
    ConservingOperations(long maxObjects) {
        SlabGeometry geometry = new SlabGeometry(STRIDE, STRIDE, STRIDE * OBJECTS, maxObjects);
        supply = new SlabSupply(geometry, new LentMemory());
    }

    /** Returns an object, or 0. */
    abstract long take();

    /** Returns an object without a refill, or 0. */
    abstract long takeCached();

    abstract void giveBack(long address);

    abstract void forEachCached(LongConsumer action);

    /** Returns whether there was an object. */
    @Operation
    public boolean allocate() {
        long address = take();
        if (address != 0) {
            holders.take(address);
        }
        return address != 0;
    }

    /** Frees the oldest object that is held; returns whether there was one. */
    @Operation
    public boolean free() {
        long address = holders.give();
        if (address != 0) {
            giveBack(address);
        }
        return address != 0;
    }

    /**
     * Takes a cached object, if there is one, and gives it back. There is no result: the number of cached objects
     * depends on the other threads.
     */
    @Operation
    public void borrow() {
        long address = takeCached();
        if (address != 0) {
            holders.mark(address);
            holders.unmark(address);
            giveBack(address);
        }
    }

    /** Checks that every object is in exactly one place. */
    @Validate
    public void validate() {
        SlabCounts counts = supply.counts();
        assertEquals(0, counts.duplicates());
        holders.assertEachInOnePlace(this::forEachCached, counts.freeObjects());
    }
}

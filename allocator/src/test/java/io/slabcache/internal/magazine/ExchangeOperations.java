package io.slabcache.internal.magazine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.slabcache.internal.slab.SlabCounts;
import io.slabcache.internal.slab.SlabGeometry;
import io.slabcache.internal.slab.SlabSupply;
import io.slabcache.internal.util.Holders;
import io.slabcache.internal.util.LentMemory;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Validate;

/**
 * Threads that allocate and free on their own magazines and exchange these through the depot, for Lincheck. Magazines
 * hold one object, so that nearly every call exchanges; memory suffices, so an allocation succeeds always.
 *
 * <p>The only file of this check that calls the layer.
 */
public class ExchangeOperations {
    private static final int STRIDE = 64;
    private static final int OBJECTS = 24;
    private static final int CAPACITY = 1;

    final MagazineLayer layer;
    private final SlabSupply supply =
            new SlabSupply(new SlabGeometry(STRIDE, STRIDE, STRIDE * OBJECTS, Long.MAX_VALUE), new LentMemory(), null);
    private final Holders holders = new Holders(LentMemory.base(), STRIDE, OBJECTS);

    /** A layer whose slab exists already. */
    public ExchangeOperations() {
        supply.free(supply.takeOne());
        layer = new MagazineLayer(supply, CAPACITY, false);
    }

    ThreadCache cache() {
        return layer.caches().current();
    }

    private void push(long address) {
        ThreadCache cache = cache();
        if (!cache.push(address)) {
            layer.free(cache, address);
        }
    }

    /** Whether there was an object. */
    @Operation
    public boolean allocate() {
        ThreadCache cache = cache();
        long popped = cache.pop();
        long address = popped != 0 ? popped : layer.allocate(cache);
        if (address != 0) {
            holders.take(address);
        }
        return address != 0;
    }

    /** Whether anybody held an object; it is given back by the caller. */
    @Operation
    public boolean free() {
        long address = holders.give();
        if (address != 0) {
            push(address);
        }
        return address != 0;
    }

    /** Takes what is at hand, if anything is, and gives it back: how much there is, depends on the others. */
    @Operation
    public void borrow() {
        ThreadCache cache = cache();
        long popped = cache.pop();
        long address = popped != 0 ? popped : layer.allocateCached(cache);
        if (address != 0) {
            holders.mark(address);
            holders.unmark(address);
            push(address);
        }
    }

    /** Gives everything in the caller's magazines to the depot. */
    @Operation
    public void flush() {
        layer.flush(cache());
    }

    /** Takes everything from the depot. */
    @Operation
    public void drain() {
        layer.reclaim();
    }

    /** Every object is in one place. */
    @Validate
    public void validate() {
        SlabCounts counts = supply.counts();
        assertEquals(0, counts.duplicates());
        holders.assertEachInOnePlace(layer::forEachCached, counts.freeObjects());
    }
}

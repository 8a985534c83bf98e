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
 * Threads that allocate and free on two stripes, for Lincheck. Memory suffices, so an allocation succeeds always.
 *
 * <p>The only file of this check that calls the path.
 */
public class StripedPathOperations {
    private static final int STRIDE = 64;
    private static final int OBJECTS = 24;
    private static final int CAPACITY = 1;
    private static final int MAX_FULL = 2;

    /** A quarter of these, 6, is what two stripes with magazines of 1 cost. */
    private static final int OBJECTS_FOR_TWO = 24;

    final StripedPath path;
    private final SlabSupply supply =
            new SlabSupply(new SlabGeometry(STRIDE, STRIDE, STRIDE * OBJECTS, OBJECTS), new LentMemory(), null);
    private final Depot depot = Fixtures.depot(CAPACITY, MAX_FULL);
    private final Holders holders = new Holders(LentMemory.base(), STRIDE, OBJECTS);

    /** A path whose stripes and slab exist already. */
    public StripedPathOperations() {
        MagazineBudget budget = new MagazineBudget(CAPACITY, CAPACITY, OBJECTS_FOR_TWO);
        path = new StripedPath(new MagazineStore(depot, supply, new ThreadCaches(budget, false)), budget);
        path.free(path.allocate());
        if (path.all().size() != 2) {
            throw new AssertionError(path.all().size() + " stripes");
        }
    }

    void giveBack(long address) {
        if (!path.push(address)) {
            path.free(address);
        }
    }

    /** Whether there was an object. */
    @Operation
    public boolean allocate() {
        long address = path.pop();
        return hold(address != 0 ? address : path.allocate());
    }

    private boolean hold(long address) {
        if (address != 0) {
            holders.take(address);
        }
        return address != 0;
    }

    /** Whether anybody held an object; it is given back. */
    @Operation
    public boolean free() {
        long address = holders.give();
        if (address != 0) {
            giveBack(address);
        }
        return address != 0;
    }

    /** Takes what is at hand, if anything is, and gives it back: how much there is, depends on the others. */
    @Operation
    public void borrow() {
        long address = path.allocateCached();
        if (address != 0) {
            holders.mark(address);
            holders.unmark(address);
            path.free(address);
        }
    }

    /** Takes everything from stripes that nobody uses. */
    @Operation
    public void drain() {
        path.drain();
    }

    /** Every object is in one place. */
    @Validate
    public void validate() {
        SlabCounts counts = supply.counts();
        assertEquals(0, counts.duplicates());
        holders.assertEachInOnePlace(this::forEachCached, counts.freeObjects());
    }

    private void forEachCached(LongConsumer action) {
        path.all().forEach(stripe -> stripe.forEach(action));
        depot.forEach(action);
    }
}

package io.slabcache.internal.magazine;

import java.util.function.LongConsumer;
import org.jetbrains.lincheck.datastructures.Operation;

/**
 * Threads that allocate and free on two stripes, for Lincheck.
 *
 * <p>The only file of this check that calls the path.
 */
public class StripedPathOperations extends ConservingOperations {
    private static final int CAPACITY = 1;
    private static final int MAX_FULL = 2;

    /** Two stripes with magazines of 1 cost 6 objects, which is a quarter of this. */
    private static final int OBJECTS_FOR_TWO = 24;

    private static final int STRIPES = 2;

    final StripedPath path;
    private final Depot depot = Fixtures.depot(CAPACITY, MAX_FULL);

    /** A path whose stripes and slab already exist. */
    public StripedPathOperations() {
        super(OBJECTS_FOR_TWO);
        MagazineBudget budget = new MagazineBudget(CAPACITY, CAPACITY, OBJECTS_FOR_TWO);
        path = Fixtures.parts(depot, supply, budget).path(STRIPES);
        path.free(path.allocate());
    }

    @Override
    long take() {
        long address = path.pop();
        return address != 0 ? address : path.allocate();
    }

    @Override
    long takeCached() {
        return path.allocateCached();
    }

    @Override
    void giveBack(long address) {
        if (!path.push(address)) {
            path.free(address);
        }
    }

    @Override
    void forEachCached(LongConsumer action) {
        path.all().forEach(stripe -> stripe.forEach(action));
        depot.forEach(action);
    }

    /** Drains the stripes that no thread holds. */
    @Operation
    public void drain() {
        path.drain();
    }
}

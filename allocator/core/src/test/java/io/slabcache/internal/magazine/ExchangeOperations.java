package io.slabcache.internal.magazine;

import java.util.function.LongConsumer;
import org.jetbrains.lincheck.datastructures.Operation;

/**
 * Threads that allocate and free through their own magazines and exchange these with the depot, for Lincheck. Magazines
 * hold one object, so nearly every call exchanges.
 *
 * <p>The only file of this check that calls the layer.
 */
public class ExchangeOperations extends ConservingOperations {
    private static final int CAPACITY = 1;

    final MagazineLayer layer;

    /** A layer whose slab already exists. */
    public ExchangeOperations() {
        super(Long.MAX_VALUE);
        supply.free(supply.takeOne());
        layer = new MagazineLayer(supply, CAPACITY, false);
    }

    ThreadCache cache() {
        return layer.caches().current();
    }

    @Override
    long take() {
        ThreadCache cache = cache();
        long popped = cache.pop();
        return popped != 0 ? popped : layer.allocate(cache);
    }

    @Override
    long takeCached() {
        ThreadCache cache = cache();
        long popped = cache.pop();
        return popped != 0 ? popped : layer.allocateCached(cache);
    }

    @Override
    void giveBack(long address) {
        ThreadCache cache = cache();
        if (!cache.push(address)) {
            layer.free(cache, address);
        }
    }

    @Override
    void forEachCached(LongConsumer action) {
        layer.forEachCached(action);
    }

    /** Flushes the caller's cached objects to the depot. */
    @Operation
    public void flush() {
        layer.flush(cache());
    }

    /** Drains the depot and the caches of dead threads. */
    @Operation
    public void drain() {
        layer.reclaim();
    }
}

package io.slabcache.internal.magazine;

import io.slabcache.internal.slab.Slab;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.ThreadIdGen;

/**
 * The threads of {@link ExchangeOperations} with spare objects, for Lincheck: each uses its own, all look at all of
 * them, and dead threads' spare objects are collected.
 */
public class SpareOperations extends ExchangeOperations {
    private final DeadThreads deadThreads = new DeadThreads();

    final Slab slab(long address) {
        return supply.index().find(address);
    }

    @Override
    long take() {
        long spare = cache().takeSpare();
        return spare != 0 ? spare : handOut(super.take());
    }

    @Override
    long takeCached() {
        long spare = cache().takeSpare();
        return spare != 0 ? spare : handOut(super.takeCached());
    }

    private long handOut(long address) {
        if (address != 0) {
            Slab slab = slab(address);
            slab.markLive(address);
            cache().learn(slab, address);
        }
        return address;
    }

    @Override
    void giveBack(long address) {
        ThreadCache cache = cache();
        if (!cache.giveSpare(address)) {
            Slab slab = slab(address);
            if (!slab.markFree(address)) {
                throw new AssertionError("not live");
            }
            if (!cache.wantsSpare() || !cache.keep(slab, address)) {
                super.giveBack(address);
            }
        }
    }

    /** Leaves a spare object of a thread that is dead now. */
    @Operation
    public void leaveBehind(@Param(gen = ThreadIdGen.class) int owner) {
        long address = supply.takeOne();
        ThreadCache dead = Fixtures.withMagazines(layer.caches().register(deadThreads.next(owner)), 1);
        if (!dead.keep(slab(address), address)) {
            throw new AssertionError("kept nothing");
        }
    }

    /** Looks at all spare objects, like statistics: each read gives an object or none. */
    @Operation
    public void look() {
        for (ThreadCache cache : layer.caches().all()) {
            long address = see(cache);
            if (address != 0 && !slab(address).startsAt(address)) {
                throw new AssertionError("no object");
            }
        }
    }

    long see(ThreadCache cache) {
        return cache.cachedSpare();
    }
}

package io.slabcache.internal.magazine;

import io.slabcache.internal.slab.Slab;
import io.slabcache.internal.slab.SlabGeometry;
import io.slabcache.internal.slab.SlabSupply;
import io.slabcache.internal.util.CountedLock;
import io.slabcache.internal.util.FakeSource;
import io.slabcache.internal.util.Fields;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;

/** Makes magazines, thread caches and supplies for the tests of this package. */
final class Fixtures {
    private Fixtures() {}

    /** Returns a magazine that holds the given addresses; the last one is popped first. */
    static Magazine magazine(int capacity, long... addresses) {
        Magazine magazine = new Magazine(capacity);
        for (long address : addresses) {
            magazine.queue[magazine.size++] = address;
        }
        return magazine;
    }

    /** Returns full magazines of distinct addresses, from 1 on. */
    static List<Magazine> fullMagazines(int count, int capacity) {
        List<Magazine> made = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            long before = i * (long) capacity;
            made.add(magazine(
                    capacity,
                    LongStream.rangeClosed(before + 1, before + capacity).toArray()));
        }
        return made;
    }

    /** Returns a depot that keeps the given number of full magazines of one size. */
    static Depot depot(int capacity, int full) {
        return new Depot(new CountedLock(), new WorkingSet(full, full), size(capacity, capacity), Magazine::new);
    }

    /** Returns a magazine size that no budget limits. */
    static MagazineSize size(int capacity, int largest) {
        return new MagazineSize(new MagazineBudget(capacity, largest, Long.MAX_VALUE));
    }

    /** Returns the parts of a layer above a depot and a supply. */
    static Parts parts(Depot depot, SlabSupply supply, MagazineBudget budget) {
        ThreadCaches caches = new ThreadCaches(budget, false, Slab.NONE.geometry);
        MagazineStore store = new MagazineStore(depot, supply, caches, new Revocation(supply, budget, thread -> false));
        return new Parts(caches, store, new MagazineShares(budget, new MagazineSize(budget), store));
    }

    /** Parts of one layer, connected with each other. */
    record Parts(ThreadCaches caches, MagazineStore store, MagazineShares shares) {
        StripedPath path(int stripes) {
            return new StripedPath(store, shares, stripes);
        }
    }

    /** Gives magazines to a cache that has none, without regard to any budget. */
    static ThreadCache withMagazines(ThreadCache cache, int capacity) {
        cache.previous = new Magazine(capacity);
        cache.load(new Magazine(capacity));
        return cache;
    }

    /** Returns a thread that counts as dead, because it is never started. */
    static Thread deadThread() {
        return Thread.ofPlatform().unstarted(() -> {});
    }

    /** Removes the dead threads and returns their caches. */
    static List<ThreadCache> retireDead(ThreadCaches caches) {
        List<ThreadCache> retired = new ArrayList<>();
        for (ThreadCache dead = caches.retireDead(new Transfers()); dead != null; dead = dead.nextDead) {
            retired.add(dead);
        }
        return retired;
    }

    /** Returns the number of slots in the table of all threads. */
    static int tableLength(ThreadCaches caches) throws ReflectiveOperationException {
        return ((ThreadCache[]) Fields.get(Fields.get(caches, "table"), "places")).length;
    }

    /** 64-byte objects in slabs of 100. */
    static SlabSupply supply(FakeSource source, long maxObjects) {
        return new SlabSupply(new SlabGeometry(64, 64, 6400, maxObjects), source);
    }

    static long[] refill(SlabSupply supply, int count) {
        long[] taken = new long[count];
        int got = 0;
        while (got < count) {
            got += supply.refill(taken, got, count - got);
        }
        return taken;
    }

    /** Returns every object of a supply, wherever it is. */
    static LongStream objects(SlabSupply supply) {
        return supply.slabs().stream().flatMapToLong(Fixtures::objects);
    }

    private static LongStream objects(Slab slab) {
        return LongStream.range(0, slab.objects()).map(i -> slab.address((int) i));
    }
}

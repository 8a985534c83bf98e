package io.slabcache.tests.jcstress;

import io.slabcache.tests.support.OtherThread;
import java.lang.foreign.MemorySegment;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/** Two threads that allocate get two objects if there are enough for both. */
@Outcome(id = "two objects", expect = Expect.ACCEPTABLE, desc = "one for each")
@Outcome(id = "one object twice", expect = Expect.FORBIDDEN, desc = "two owners")
@Outcome(id = "exhausted", expect = Expect.FORBIDDEN, desc = "one thread got none")
@Outcome(expect = Expect.FORBIDDEN, desc = "an outcome without a name")
public abstract class TwoAllocations extends Scenario {
    MemorySegment first;
    MemorySegment second;

    /** A pool with the given numbers of live objects and of objects that have been live and are free now. */
    TwoAllocations(Pool pool, int live, int free) {
        super(pool);
        pool.allocateBulk(new MemorySegment[live]);
        MemorySegment[] used = new MemorySegment[free];
        pool.allocateBulk(used);
        for (MemorySegment object : used) {
            pool.free(object);
        }
        pool.flush();
    }

    @Override
    final String look() {
        if (first == null || second == null) {
            return "exhausted";
        }
        return Math.abs(first.address() - second.address()) < Caches.OBJECT_BYTES ? "one object twice" : "two objects";
    }

    /** Both threads are new to the cache, which has to grow. */
    @JCStressTest
    @State
    public static class OfANewCache extends TwoAllocations {
        public OfANewCache() {
            super(new CachePool(Caches.withMagazinesOf(2)), 0, 0);
        }

        @Actor
        public void allocating() {
            first = pool.tryAllocate();
        }

        @Actor
        public void allocatingToo() {
            second = pool.tryAllocate();
        }

        @Arbiter
        public void end(L_Result result) {
            result.r1 = end();
        }
    }

    /** Through the slab list only. */
    @JCStressTest
    @State
    public static class FromSlabList extends TwoAllocations {
        public FromSlabList() {
            super(new CachePool(Caches.withoutMagazines(2)), 0, 2);
        }

        @Actor
        public void allocating() {
            first = pool.tryAllocate();
        }

        @Actor
        public void allocatingToo() {
            second = pool.tryAllocate();
        }

        @Arbiter
        public void end(L_Result result) {
            result.r1 = end();
        }
    }

    /** From the two full magazines of the depot. */
    @JCStressTest
    @State
    public static class FromDepot extends TwoAllocations {
        public FromDepot() {
            super(new CachePool(Caches.withMagazinesOf(1)), 0, 2);
        }

        @Actor
        public void allocating() {
            first = pool.tryAllocate();
        }

        @Actor
        public void allocatingToo() {
            second = pool.tryAllocate();
        }

        @Arbiter
        public void end(L_Result result) {
            result.r1 = end();
        }
    }

    /** The last two objects, which lie in the depot. */
    @JCStressTest
    @State
    public static class AtTheBound extends TwoAllocations {
        public AtTheBound() {
            super(new CachePool(Caches.bounded()), Caches.BOUND - 2, 2);
        }

        @Actor
        public void allocating() {
            first = pool.tryAllocate();
        }

        @Actor
        public void allocatingToo() {
            second = pool.tryAllocate();
        }

        @Arbiter
        public void end(L_Result result) {
            result.r1 = end();
        }
    }

    /** Surplus objects that one of them fetches go into a stripe. */
    @JCStressTest
    @State
    public static class ByVirtualThreads extends TwoAllocations {
        public ByVirtualThreads() {
            super(new CachePool(Caches.withMagazinesOf(2)), 0, 2);
        }

        @Actor
        public void allocating() {
            OtherThread.runVirtual(() -> first = pool.tryAllocate());
        }

        @Actor
        public void allocatingToo() {
            OtherThread.runVirtual(() -> second = pool.tryAllocate());
        }

        @Arbiter
        public void end(L_Result result) {
            result.r1 = end();
        }
    }

    /** Both threads are new to the allocator, and make the size class. */
    @JCStressTest
    @State
    public static class OfAnAllocator extends TwoAllocations {
        public OfAnAllocator() {
            super(new AllocatorPool(), 0, 0);
        }

        @Actor
        public void allocating() {
            first = pool.tryAllocate();
        }

        @Actor
        public void allocatingToo() {
            second = pool.tryAllocate();
        }

        @Arbiter
        public void end(L_Result result) {
            result.r1 = end();
        }
    }

    /** Its stack has no lock. */
    @JCStressTest
    @State
    public static class KnownBad extends TwoAllocations {
        public KnownBad() {
            super(new PoolWithoutLock(2), 0, 2);
        }

        @Actor
        public void allocating() {
            first = pool.tryAllocate();
        }

        @Actor
        public void allocatingToo() {
            second = pool.tryAllocate();
        }

        @Arbiter
        public void end(L_Result result) {
            result.r1 = end();
        }
    }
}

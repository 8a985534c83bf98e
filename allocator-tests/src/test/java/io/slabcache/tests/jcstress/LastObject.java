package io.slabcache.tests.jcstress;

import java.lang.foreign.MemorySegment;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/** When two threads allocate the last object, one of them gets it. */
@Outcome(id = "one got it", expect = Expect.ACCEPTABLE, desc = "and the other was told that there is none")
@Outcome(id = "both got it", expect = Expect.FORBIDDEN, desc = "two owners, or more objects than the bound allows")
@Outcome(id = "no thread got it", expect = Expect.FORBIDDEN, desc = "an object was lost on the way")
@Outcome(expect = Expect.FORBIDDEN, desc = "an outcome without a name")
public abstract class LastObject extends Scenario {
    MemorySegment first;
    MemorySegment second;

    /** A pool with all but one of its objects live. */
    LastObject(Pool pool, int objects) {
        super(pool);
        pool.allocateBulk(new MemorySegment[objects - 1]);
    }

    @Override
    final String look() {
        if (first == null && second == null) {
            return "no thread got it";
        }
        return first != null && second != null ? "both got it" : "one got it";
    }

    /** Through the slab list only. */
    @JCStressTest
    @State
    public static class OfTheSlabList extends LastObject {
        public OfTheSlabList() {
            super(new CachePool(Caches.withoutMagazines(1)), 1);
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

    /** From a cache with magazines. */
    @JCStressTest
    @State
    public static class AtTheBound extends LastObject {
        public AtTheBound() {
            super(new CachePool(Caches.bounded()), Caches.BOUND);
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
    public static class KnownBad extends LastObject {
        public KnownBad() {
            super(new PoolWithoutLock(1), 1);
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

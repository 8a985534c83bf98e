package io.slabcache.tests.jcstress;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/** When two threads want two of three objects each, none gets only a part. */
@Outcome(id = "one got all", expect = Expect.ACCEPTABLE, desc = "and the other nothing")
@Outcome(
        id = "no thread got any",
        expect = Expect.ACCEPTABLE_INTERESTING,
        desc = "each found an object missing that the other was about to return")
@Outcome(id = "half of it", expect = Expect.FORBIDDEN, desc = "an array that was filled in part, or filled and refused")
@Outcome(id = "both got all", expect = Expect.FORBIDDEN, desc = "two owners")
@Outcome(expect = Expect.FORBIDDEN, desc = "an outcome without a name")
public abstract class TwoBulks extends Scenario {
    final MemorySegment[] forFirst = new MemorySegment[2];
    final MemorySegment[] forSecond = new MemorySegment[2];
    boolean first;
    boolean second;

    /** A pool with all but three of its objects live. */
    TwoBulks(Pool pool, int objects) {
        super(pool);
        pool.allocateBulk(new MemorySegment[objects - 3]);
    }

    private static boolean isAsTold(boolean told, MemorySegment[] objects) {
        return told == (objects[0] != null) && told == (objects[1] != null);
    }

    @Override
    final String look() {
        if (!isAsTold(first, forFirst) || !isAsTold(second, forSecond)) {
            return "half of it";
        }
        if (first && second) {
            return "both got all";
        }
        return first || second ? "one got all" : "no thread got any";
    }

    /** Through the slab list only. */
    @JCStressTest
    @State
    public static class FromSlabList extends TwoBulks {
        public FromSlabList() {
            super(new CachePool(Caches.withoutMagazines(3)), 3);
        }

        @Actor
        public void allocating() {
            first = pool.allocateBulk(forFirst);
        }

        @Actor
        public void allocatingToo() {
            second = pool.allocateBulk(forSecond);
        }

        @Arbiter
        public void end(L_Result result) {
            result.r1 = end();
        }
    }

    /** From a cache with magazines. */
    @JCStressTest
    @State
    public static class AtTheBound extends TwoBulks {
        public AtTheBound() {
            super(new CachePool(Caches.bounded()), Caches.BOUND);
        }

        @Actor
        public void allocating() {
            first = pool.allocateBulk(forFirst);
        }

        @Actor
        public void allocatingToo() {
            second = pool.allocateBulk(forSecond);
        }

        @Arbiter
        public void end(L_Result result) {
            result.r1 = end();
        }
    }

    /** It checks that there are enough objects, and takes them later. */
    @JCStressTest
    @State
    public static class KnownBad extends TwoBulks {
        public KnownBad() {
            super(
                    new SimplePool(3) {
                        @Override
                        public boolean allocateBulk(MemorySegment[] objects) {
                            if (available() < objects.length) {
                                return false;
                            }
                            waitForAnother();
                            Arrays.setAll(objects, i -> tryAllocate());
                            return true;
                        }
                    },
                    3);
        }

        @Actor
        public void allocating() {
            first = pool.allocateBulk(forFirst);
        }

        @Actor
        public void allocatingToo() {
            second = pool.allocateBulk(forSecond);
        }

        @Arbiter
        public void end(L_Result result) {
            result.r1 = end();
        }
    }
}

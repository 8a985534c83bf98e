package io.slabcache.tests.jcstress;

import java.lang.foreign.MemorySegment;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/**
 * Two threads free one object at the same time. If both succeed, that is the one gap of the standard checks; the cache
 * still has the object once, as soon as it is back in its slab.
 */
@Outcome(id = "one refused, kept once", expect = Expect.ACCEPTABLE, desc = "the double free was reported")
@Outcome(id = "both believed, kept once", expect = Expect.ACCEPTABLE_INTERESTING, desc = "the documented gap")
@Outcome(id = "kept twice", expect = Expect.FORBIDDEN, desc = "the object would be handed out twice")
@Outcome(id = "lost", expect = Expect.FORBIDDEN, desc = "the object is free, but cannot be allocated")
@Outcome(id = "both refused", expect = Expect.FORBIDDEN, desc = "a proper free was refused")
@Outcome(expect = Expect.FORBIDDEN, desc = "an outcome without a name")
public abstract class TwoFrees extends Scenario {
    private final MemorySegment object;
    boolean first;
    boolean second;

    /** A pool whose objects are all live. */
    TwoFrees(Pool pool, int objects) {
        super(pool);
        MemorySegment[] all = new MemorySegment[objects];
        pool.allocateBulk(all);
        this.object = all[0];
    }

    boolean free() {
        boolean believed = pool.free(object);
        pool.flush();
        return believed;
    }

    @Override
    final String look() {
        pool.shrink();
        boolean kept = pool.tryAllocate() != null;
        boolean keptTwice = pool.tryAllocate() != null;
        if (!first && !second) {
            return "both refused";
        }
        if (keptTwice || !kept) {
            return kept ? "kept twice" : "lost";
        }
        return first && second ? "both believed, kept once" : "one refused, kept once";
    }

    /** Through the slab list only. */
    @JCStressTest
    @State
    public static class ToTheSlabList extends TwoFrees {
        public ToTheSlabList() {
            super(new CachePool(Caches.withoutMagazines(2)), 2);
        }

        @Actor
        public void freeing() {
            first = free();
        }

        @Actor
        public void freeingToo() {
            second = free();
        }

        @Arbiter
        public void end(L_Result result) {
            result.r1 = end();
        }
    }

    /** Each into its own magazine, then both into the depot. */
    @JCStressTest
    @State
    public static class IntoMagazines extends TwoFrees {
        public IntoMagazines() {
            super(new CachePool(Caches.bounded()), Caches.BOUND);
        }

        @Actor
        public void freeing() {
            first = free();
        }

        @Actor
        public void freeingToo() {
            second = free();
        }

        @Arbiter
        public void end(L_Result result) {
            result.r1 = end();
        }
    }

    /** It checks that the object is live, and takes it back later. */
    @JCStressTest
    @State
    public static class KnownBad extends TwoFrees {
        public KnownBad() {
            super(
                    new SimplePool(2) {
                        @Override
                        public boolean free(MemorySegment object) {
                            if (isFree(object)) {
                                return false;
                            }
                            waitForAnother();
                            synchronized (this) {
                                push(object);
                            }
                            return true;
                        }
                    },
                    2);
        }

        @Actor
        public void freeing() {
            first = free();
        }

        @Actor
        public void freeingToo() {
            second = free();
        }

        @Arbiter
        public void end(L_Result result) {
            result.r1 = end();
        }
    }
}

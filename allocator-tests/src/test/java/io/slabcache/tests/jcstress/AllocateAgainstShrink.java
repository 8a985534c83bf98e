package io.slabcache.tests.jcstress;

import java.lang.foreign.MemorySegment;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/** A shrink takes no memory away from a thread that allocates at the same time. */
@Outcome(id = "usable", expect = Expect.ACCEPTABLE, desc = "an old object, or one of a new slab")
@Outcome(id = "exhausted", expect = Expect.FORBIDDEN, desc = "there was room for an object all the time")
@Outcome(id = "dead object", expect = Expect.FORBIDDEN, desc = "its memory was given back")
@Outcome(id = "other content", expect = Expect.FORBIDDEN, desc = "its memory has another owner")
@Outcome(expect = Expect.FORBIDDEN, desc = "an outcome without a name")
public abstract class AllocateAgainstShrink extends Scenario {
    private MemorySegment object;

    /** A pool with a free object, in the depot if it has one. */
    AllocateAgainstShrink(Pool pool) {
        super(pool);
        pool.free(pool.tryAllocate());
        pool.flush();
    }

    void allocate() {
        object = pool.tryAllocate();
        if (object != null && object.scope().isAlive()) {
            Content.GIVEN.write(object);
        }
    }

    @Override
    final String look() {
        if (object == null) {
            return "exhausted";
        }
        if (!object.scope().isAlive()) {
            return "dead object";
        }
        return Content.GIVEN.isIn(object) ? "usable" : "other content";
    }

    /** Through the slab list only. */
    @JCStressTest
    @State
    public static class OfTheSlabList extends AllocateAgainstShrink {
        public OfTheSlabList() {
            super(new CachePool(Caches.withRealMemory().maxObjects(1).lockless(false)));
        }

        @Actor
        public void allocating() {
            allocate();
        }

        @Actor
        public void shrinking() {
            pool.shrink();
        }

        @Arbiter
        public void end(L_Result result) {
            result.r1 = end();
        }
    }

    /** The shrink drains the depot while the allocation looks there. */
    @JCStressTest
    @State
    public static class OfTheDepot extends AllocateAgainstShrink {
        public OfTheDepot() {
            super(new CachePool(Caches.withRealMemory()));
        }

        @Actor
        public void allocating() {
            allocate();
        }

        @Actor
        public void shrinking() {
            pool.shrink();
        }

        @Arbiter
        public void end(L_Result result) {
            result.r1 = end();
        }
    }

    /** Its shrink checks that all is free, and gives the memory back later. */
    @JCStressTest
    @State
    public static class KnownBad extends AllocateAgainstShrink {
        public KnownBad() {
            super(new SimplePool(1) {
                @Override
                public MemorySegment tryAllocate() {
                    waitForAnother();
                    return super.tryAllocate();
                }

                @Override
                public long shrink() {
                    if (live() > 0) {
                        return 0;
                    }
                    waitForAnother();
                    waitForAnother();
                    return wipe();
                }
            });
        }

        @Actor
        public void allocating() {
            allocate();
        }

        @Actor
        public void shrinking() {
            pool.shrink();
        }

        @Arbiter
        public void end(L_Result result) {
            result.r1 = end();
        }
    }
}

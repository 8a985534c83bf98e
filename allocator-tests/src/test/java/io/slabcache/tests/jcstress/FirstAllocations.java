package io.slabcache.tests.jcstress;

import java.lang.foreign.MemorySegment;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/** The first thread that gets an object sees what the constructor wrote into it. */
@Outcome(id = "constructed", expect = Expect.ACCEPTABLE, desc = "both objects")
@Outcome(id = "not constructed", expect = Expect.FORBIDDEN, desc = "handed out before its constructor had ended")
@Outcome(expect = Expect.FORBIDDEN, desc = "an outcome without a name")
public abstract class FirstAllocations extends Scenario {
    private volatile boolean unconstructed;

    FirstAllocations(Pool pool) {
        super(pool);
    }

    /** Also clears the object, for the next sample on the same memory. */
    void take(MemorySegment object) {
        if (!Content.GIVEN.isIn(object)) {
            unconstructed = true;
        }
        Content.BEFORE.write(object);
    }

    @Override
    final String look() {
        return unconstructed ? "not constructed" : "constructed";
    }

    /** Through the slab list only. */
    @JCStressTest
    @State
    public static class ThroughSlabList extends FirstAllocations {
        public ThroughSlabList() {
            super(new CachePool(Caches.withoutMagazines(2).constructor(Content.GIVEN::write)));
        }

        @Actor
        public void allocating() {
            take(pool.tryAllocate());
        }

        @Actor
        public void allocatingToo() {
            take(pool.tryAllocate());
        }

        @Arbiter
        public void end(L_Result result) {
            result.r1 = end();
        }
    }

    /** Each thread with a magazine of its own. */
    @JCStressTest
    @State
    public static class ThroughMagazines extends FirstAllocations {
        public ThroughMagazines() {
            super(new CachePool(Caches.withMagazinesOf(1).constructor(Content.GIVEN::write)));
        }

        @Actor
        public void allocating() {
            take(pool.tryAllocate());
        }

        @Actor
        public void allocatingToo() {
            take(pool.tryAllocate());
        }

        @Arbiter
        public void end(L_Result result) {
            result.r1 = end();
        }
    }

    /** The first thread constructs its objects, while others may already have some. */
    @JCStressTest
    @State
    public static class KnownBad extends FirstAllocations {
        public KnownBad() {
            super(new SimplePool(2) {
                private boolean constructed;

                @Override
                public MemorySegment tryAllocate() {
                    if (!constructed) {
                        constructed = true;
                        waitForAnother();
                        for (MemorySegment object : all()) {
                            Content.GIVEN.write(object);
                        }
                    }
                    return super.tryAllocate();
                }
            });
        }

        @Actor
        public void allocating() {
            take(pool.tryAllocate());
        }

        @Actor
        public void allocatingToo() {
            take(pool.tryAllocate());
        }

        @Arbiter
        public void end(L_Result result) {
            result.r1 = end();
        }
    }
}

package io.slabcache.tests.jcstress;

import java.lang.foreign.MemorySegment;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/** What the constructor wrote into an object is there for the first thread that gets the object. */
@Outcome(id = "constructed", expect = Expect.ACCEPTABLE, desc = "both objects")
@Outcome(id = "not constructed", expect = Expect.FORBIDDEN, desc = "handed out before its constructor had ended")
@Outcome(expect = Expect.FORBIDDEN, desc = "nobody thought of this")
public abstract class FirstAllocations extends Scenario {
    private volatile boolean unconstructed;

    FirstAllocations(Pool pool) {
        super(pool);
    }

    /** Also clears what is there, for the next sample on the same memory. */
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

    /** Past all magazines. */
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

    /** Its objects are constructed by the first thread that comes, while others may have some already. */
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

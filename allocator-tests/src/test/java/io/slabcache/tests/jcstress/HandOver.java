package io.slabcache.tests.jcstress;

import io.slabcache.diagnostics.Checks;
import io.slabcache.tests.support.OtherThread;
import java.lang.foreign.MemorySegment;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/** The next owner of an object sees what another thread wrote into it before its free. */
@Outcome(id = "nothing", expect = Expect.ACCEPTABLE, desc = "asked before the free")
@Outcome(id = "content", expect = Expect.ACCEPTABLE, desc = "as it was when it was freed")
@Outcome(id = "other content", expect = Expect.FORBIDDEN, desc = "the free did not happen before the allocation")
@Outcome(expect = Expect.FORBIDDEN, desc = "an outcome without a name")
public abstract class HandOver extends Scenario {
    private final MemorySegment[] given;
    private String found = "nothing";

    HandOver(Pool pool, int objects) {
        super(pool);
        this.given = new MemorySegment[objects];
        for (int i = 0; i < objects; i++) {
            given[i] = pool.tryAllocate();
            Content.BEFORE.write(given[i]);
        }
    }

    void give() {
        give(pool);
    }

    void give(Pool door) {
        for (MemorySegment object : given) {
            Content.GIVEN.write(object);
            door.free(object);
        }
        door.flush();
    }

    void take(MemorySegment object) {
        if (object != null && !found.equals("other content")) {
            found = Content.GIVEN.isIn(object) ? "content" : "other content";
        }
    }

    @Override
    final String look() {
        return found;
    }

    /** Through the slab list only. */
    @JCStressTest
    @State
    public static class ThroughSlabList extends HandOver {
        public ThroughSlabList() {
            super(new CachePool(Caches.withoutMagazines(1)), 1);
        }

        @Actor
        public void giving() {
            give();
        }

        @Actor
        public void taking() {
            take(pool.tryAllocate());
        }

        @Arbiter
        public void end(L_Result result) {
            result.r1 = end();
        }
    }

    /** Through a magazine of one object, which the flush gives to the depot. */
    @JCStressTest
    @State
    public static class ThroughDepot extends HandOver {
        public ThroughDepot() {
            super(new CachePool(Caches.withMagazinesOf(1)), 1);
        }

        @Actor
        public void giving() {
            give();
        }

        @Actor
        public void taking() {
            take(pool.tryAllocateCached());
        }

        @Arbiter
        public void end(L_Result result) {
            result.r1 = end();
        }
    }

    /** Through a magazine of two objects; the third stays behind or goes to the slab list. */
    @JCStressTest
    @State
    public static class InAWholeMagazine extends HandOver {
        public InAWholeMagazine() {
            super(new CachePool(Caches.withMagazinesOf(2)), 3);
        }

        @Actor
        public void giving() {
            give();
        }

        @Actor
        public void taking() {
            take(pool.tryAllocateCached());
            take(pool.tryAllocateCached());
        }

        @Arbiter
        public void end(L_Result result) {
            result.r1 = end();
        }
    }

    /** Through the objects that a thread collects from elsewhere when it finds the cache exhausted. */
    @JCStressTest
    @State
    public static class AtTheBound extends HandOver {
        public AtTheBound() {
            super(new CachePool(Caches.bounded()), Caches.BOUND);
        }

        @Actor
        public void giving() {
            give();
        }

        @Actor
        public void taking() {
            take(pool.tryAllocate());
        }

        @Arbiter
        public void end(L_Result result) {
            result.r1 = end();
        }
    }

    /** Through the stripes. */
    @JCStressTest
    @State
    public static class BetweenVirtualThreads extends HandOver {
        public BetweenVirtualThreads() {
            super(new CachePool(Caches.bounded()), Caches.BOUND);
        }

        @Actor
        public void giving() {
            OtherThread.runVirtual(this::give);
        }

        @Actor
        public void taking() {
            OtherThread.runVirtual(() -> take(pool.tryAllocate()));
        }

        @Arbiter
        public void end(L_Result result) {
            result.r1 = end();
        }
    }

    /** Each thread through its own local cache. */
    @JCStressTest
    @State
    public static class ThroughLocalCaches extends HandOver {
        public ThroughLocalCaches() {
            super(new CachePool(Caches.withMagazinesOf(1)), 1);
        }

        @Actor
        public void giving() {
            give(pool.local());
        }

        @Actor
        public void taking() {
            take(pool.local().tryAllocateCached());
        }

        @Arbiter
        public void end(L_Result result) {
            result.r1 = end();
        }
    }

    /** Without checks, only the path of the object orders accesses to its contents. */
    @JCStressTest
    @State
    public static class WithoutChecks extends HandOver {
        public WithoutChecks() {
            super(new CachePool(Caches.withMagazinesOf(1).checks(Checks.NONE)), 1);
        }

        @Actor
        public void giving() {
            give();
        }

        @Actor
        public void taking() {
            take(pool.tryAllocateCached());
        }

        @Arbiter
        public void end(L_Result result) {
            result.r1 = end();
        }
    }

    /** The shortest path: one pop and one push. */
    @JCStressTest
    @State
    public static class WithoutChecksThroughLocalCaches extends HandOver {
        public WithoutChecksThroughLocalCaches() {
            super(new CachePool(Caches.withMagazinesOf(1).checks(Checks.NONE)), 1);
        }

        @Actor
        public void giving() {
            give(pool.local());
        }

        @Actor
        public void taking() {
            take(pool.local().tryAllocateCached());
        }

        @Arbiter
        public void end(L_Result result) {
            result.r1 = end();
        }
    }

    /** Its free writes a link into the object after it has published it. */
    @JCStressTest
    @State
    public static class KnownBad extends HandOver {
        public KnownBad() {
            super(
                    new SimplePool(1) {
                        @Override
                        public boolean free(MemorySegment object) {
                            boolean freed = super.free(object);
                            waitForAnother();
                            object.fill((byte) 0);
                            return freed;
                        }
                    },
                    1);
        }

        @Actor
        public void giving() {
            give();
        }

        @Actor
        public void taking() {
            take(pool.tryAllocate());
        }

        @Arbiter
        public void end(L_Result result) {
            result.r1 = end();
        }
    }
}

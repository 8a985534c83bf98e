package io.slabcache.tests.jcstress;

import io.slabcache.diagnostics.Checks;
import java.lang.foreign.MemorySegment;
import java.util.function.Supplier;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/**
 * A thread passes the address of an object to another thread, which frees it; then the first thread gets the object
 * again.
 */
@Outcome(id = "not passed", expect = Expect.ACCEPTABLE, desc = "the receiver looked too early")
@Outcome(id = "passed", expect = Expect.ACCEPTABLE, desc = "the receiver found what the giver wrote")
@Outcome(id = "returned", expect = Expect.ACCEPTABLE, desc = "and the giver then what the receiver wrote")
@Outcome(id = "other content on the way", expect = Expect.FORBIDDEN, desc = "the receiver found something else")
@Outcome(id = "other content returned", expect = Expect.FORBIDDEN, desc = "the giver found something else")
@Outcome(expect = Expect.FORBIDDEN, desc = "an outcome without a name")
public abstract class PassedOn extends Scenario {
    private static final int PATIENCE = 50;

    private final MemorySegment given;
    private volatile long passed;
    private String received = "not passed";
    private String returned = "";

    PassedOn(Pool pool) {
        super(pool);
        this.given = pool.tryAllocate();
        Content.BEFORE.write(given);
    }

    void give() {
        Content.GIVEN.write(given);
        passed = given.address();
    }

    void receive(Pool door) {
        long address = passed;
        if (address != 0) {
            MemorySegment object = pool.segment(address);
            received = Content.GIVEN.isIn(object) ? "passed" : "other content on the way";
            Content.RETURNED.write(object);
            door.free(object);
            door.flush();
        }
    }

    void takeAgain(Supplier<MemorySegment> allocation) {
        MemorySegment object = null;
        for (int i = 0; object == null && i < PATIENCE; i++) {
            object = allocation.get();
        }
        if (object != null) {
            returned = Content.RETURNED.isIn(object) ? "returned" : "other content returned";
        }
    }

    @Override
    final String look() {
        boolean whole = returned.isEmpty() || received.equals("other content on the way");
        return whole ? received : returned;
    }

    /** Through the slab list only. */
    @JCStressTest
    @State
    public static class ThroughSlabList extends PassedOn {
        public ThroughSlabList() {
            super(new CachePool(Caches.withoutMagazines(1)));
        }

        @Actor
        public void giving() {
            give();
            takeAgain(pool::tryAllocate);
        }

        @Actor
        public void receiving() {
            receive(pool);
        }

        @Arbiter
        public void end(L_Result result) {
            result.r1 = end();
        }
    }

    /** Through a magazine of one object. */
    @JCStressTest
    @State
    public static class ThroughDepot extends PassedOn {
        public ThroughDepot() {
            super(new CachePool(Caches.withMagazinesOf(1)));
        }

        @Actor
        public void giving() {
            give();
            takeAgain(pool::tryAllocateCached);
        }

        @Actor
        public void receiving() {
            receive(pool);
        }

        @Arbiter
        public void end(L_Result result) {
            result.r1 = end();
        }
    }

    /** The same, each thread through its own local cache. */
    @JCStressTest
    @State
    public static class ThroughLocalCaches extends PassedOn {
        public ThroughLocalCaches() {
            super(new CachePool(Caches.withMagazinesOf(1)));
        }

        @Actor
        public void giving() {
            give();
            takeAgain(pool.local()::tryAllocateCached);
        }

        @Actor
        public void receiving() {
            receive(pool.local());
        }

        @Arbiter
        public void end(L_Result result) {
            result.r1 = end();
        }
    }

    /** The same without checks. */
    @JCStressTest
    @State
    public static class WithoutChecks extends PassedOn {
        public WithoutChecks() {
            super(new CachePool(Caches.withMagazinesOf(1).checks(Checks.NONE)));
        }

        @Actor
        public void giving() {
            give();
            takeAgain(pool::tryAllocateCached);
        }

        @Actor
        public void receiving() {
            receive(pool);
        }

        @Arbiter
        public void end(L_Result result) {
            result.r1 = end();
        }
    }

    /** It leaves an object on its stack when it hands it out. */
    @JCStressTest
    @State
    public static class KnownBad extends PassedOn {
        public KnownBad() {
            super(new SimplePool(1) {
                @Override
                public MemorySegment tryAllocate() {
                    return all()[0];
                }
            });
        }

        @Actor
        public void giving() {
            give();
            takeAgain(pool::tryAllocate);
        }

        @Actor
        public void receiving() {
            receive(pool);
        }

        @Arbiter
        public void end(L_Result result) {
            result.r1 = end();
        }
    }
}

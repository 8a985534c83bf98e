package io.slabcache.tests.jcstress;

import io.slabcache.SlabCache;
import java.lang.foreign.MemorySegment;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/** Two threads that are the first to ask for the handle of one object get views of that object. */
@Outcome(id = "one handle", expect = Expect.ACCEPTABLE, desc = "the same instance")
@Outcome(id = "equal handles", expect = Expect.FORBIDDEN, desc = "made by both at the same moment")
@Outcome(id = "null", expect = Expect.FORBIDDEN, desc = "a table of handles without the handle")
@Outcome(id = "another view", expect = Expect.FORBIDDEN, desc = "a segment that is not the whole object")
@Outcome(expect = Expect.FORBIDDEN, desc = "an outcome without a name")
public abstract class TwoHandles extends Scenario {
    final long address;
    MemorySegment first;
    MemorySegment second;

    TwoHandles(Pool pool, long address) {
        super(pool);
        this.address = address;
    }

    private boolean isView(MemorySegment handle) {
        return handle.address() == address
                && handle.byteSize() == Caches.OBJECT_BYTES
                && handle.scope().isAlive();
    }

    @Override
    final String look() {
        if (first == null || second == null) {
            return "null";
        }
        if (!isView(first) || !isView(second)) {
            return "another view";
        }
        return first == second ? "one handle" : "equal handles";
    }

    /** Of an object that was allocated by its address. */
    @JCStressTest
    @State
    public static class OfTheCache extends TwoHandles {
        public OfTheCache() {
            this(Caches.withMagazinesOf(1).build());
        }

        private OfTheCache(SlabCache cache) {
            super(new CachePool(cache), cache.allocateAddress());
        }

        @Actor
        public void asking() {
            first = pool.segment(address);
        }

        @Actor
        public void askingToo() {
            second = pool.segment(address);
        }

        @Arbiter
        public void end(L_Result result) {
            result.r1 = end();
        }
    }

    /** It publishes its table of handles before the handles are in it. */
    @JCStressTest
    @State
    public static class KnownBad extends TwoHandles {
        public KnownBad() {
            this(new SimplePool(1) {
                private MemorySegment[] handles;

                @Override
                public MemorySegment segment(long address) {
                    if (handles == null) {
                        handles = new MemorySegment[1];
                        waitForAnother();
                        handles[0] = super.segment(address);
                    }
                    return handles[0];
                }
            });
        }

        private KnownBad(Pool pool) {
            super(pool, pool.tryAllocate().address());
        }

        @Actor
        public void asking() {
            first = pool.segment(address);
        }

        @Actor
        public void askingToo() {
            second = pool.segment(address);
        }

        @Arbiter
        public void end(L_Result result) {
            result.r1 = end();
        }
    }
}

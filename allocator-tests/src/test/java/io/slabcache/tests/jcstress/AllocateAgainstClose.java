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
 * An allocation that races with a close either makes the close fail or is refused. No caller gets a handle to memory
 * that was given back.
 */
@Outcome(id = "allocated, close refused", expect = Expect.ACCEPTABLE, desc = "the allocation came first")
@Outcome(id = "told, closed", expect = Expect.ACCEPTABLE, desc = "the close came first")
@Outcome(
        id = "closed over a dead object",
        expect = Expect.ACCEPTABLE_INTERESTING,
        desc = "the documented gap: stopped in the middle of its allocation, and the handle throws when used")
@Outcome(id = "closed over an object", expect = Expect.FORBIDDEN, desc = "a handle to memory that was given back")
@Outcome(id = "told, but open", expect = Expect.FORBIDDEN, desc = "an open cache said that it is closed")
@Outcome(id = "dead object", expect = Expect.FORBIDDEN, desc = "an open cache handed out what cannot be used")
@Outcome(expect = Expect.FORBIDDEN, desc = "an outcome without a name")
public abstract class AllocateAgainstClose extends Scenario {
    private MemorySegment object;
    boolean closed;

    /** A pool in which one object has been live. */
    AllocateAgainstClose(Pool pool) {
        super(pool);
        pool.free(pool.tryAllocate());
    }

    void allocate() {
        try {
            object = pool.tryAllocate();
        } catch (IllegalStateException e) {
            object = null;
        }
    }

    @Override
    final String look() {
        if (object == null) {
            return closed ? "told, closed" : "told, but open";
        }
        boolean alive = object.scope().isAlive();
        if (closed) {
            return alive ? "closed over an object" : "closed over a dead object";
        }
        return alive ? "allocated, close refused" : "dead object";
    }

    /** Through the slab list only. */
    @JCStressTest
    @State
    public static class PastMagazines extends AllocateAgainstClose {
        public PastMagazines() {
            super(new CachePool(Caches.withRealMemory().lockless(false)));
        }

        @Actor
        public void allocating() {
            allocate();
        }

        @Actor
        public void closing() {
            closed = pool.close();
        }

        @Arbiter
        public void end(L_Result result) {
            result.r1 = end();
        }
    }

    /** Also from the spare object, if the allocating thread has made the cache. */
    @JCStressTest
    @State
    public static class FromMagazines extends AllocateAgainstClose {
        public FromMagazines() {
            super(new CachePool(Caches.withRealMemory()));
        }

        @Actor
        public void allocating() {
            allocate();
        }

        @Actor
        public void closing() {
            closed = pool.close();
        }

        @Arbiter
        public void end(L_Result result) {
            result.r1 = end();
        }
    }

    /** From a size class of an allocator, in whose row the allocating thread may be. */
    @JCStressTest
    @State
    public static class OfAnAllocator extends AllocateAgainstClose {
        public OfAnAllocator() {
            super(new AllocatorPool());
        }

        @Actor
        public void allocating() {
            allocate();
        }

        @Actor
        public void closing() {
            closed = pool.close();
        }

        @Arbiter
        public void end(L_Result result) {
            result.r1 = end();
        }
    }

    /** Its close counts the live objects, and closes later. */
    @JCStressTest
    @State
    public static class KnownBad extends AllocateAgainstClose {
        public KnownBad() {
            super(new SimplePool(1) {
                @Override
                public boolean close() {
                    if (live() > 0) {
                        return false;
                    }
                    waitForAnother();
                    closeNow();
                    return true;
                }
            });
        }

        @Actor
        public void allocating() {
            allocate();
        }

        @Actor
        public void closing() {
            closed = pool.close();
        }

        @Arbiter
        public void end(L_Result result) {
            result.r1 = end();
        }
    }
}

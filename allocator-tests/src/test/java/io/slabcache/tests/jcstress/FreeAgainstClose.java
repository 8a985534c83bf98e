package io.slabcache.tests.jcstress;

import java.lang.foreign.MemorySegment;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/** A free of the last live object is never refused: the cache is open as long as the object is live. */
@Outcome(id = "freed, closed", expect = Expect.ACCEPTABLE, desc = "the free came first")
@Outcome(id = "freed, close refused", expect = Expect.ACCEPTABLE, desc = "the close came first")
@Outcome(id = "free refused", expect = Expect.FORBIDDEN, desc = "closed over a live object")
@Outcome(expect = Expect.FORBIDDEN, desc = "an outcome without a name")
public abstract class FreeAgainstClose extends Scenario {
    private final MemorySegment object;
    private boolean freed;
    boolean closed;

    FreeAgainstClose(Pool pool) {
        super(pool);
        this.object = pool.tryAllocate();
    }

    void free() {
        try {
            freed = pool.free(object);
        } catch (IllegalStateException e) {
            freed = false;
        }
    }

    @Override
    final String look() {
        if (!freed) {
            return "free refused";
        }
        return closed ? "freed, closed" : "freed, close refused";
    }

    /** Through the slab list only. */
    @JCStressTest
    @State
    public static class PastMagazines extends FreeAgainstClose {
        public PastMagazines() {
            super(new CachePool(Caches.withRealMemory().lockless(false)));
        }

        @Actor
        public void freeing() {
            free();
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

    /** Also as the spare object, if the freeing thread has made the cache. */
    @JCStressTest
    @State
    public static class IntoMagazines extends FreeAgainstClose {
        public IntoMagazines() {
            super(new CachePool(Caches.withRealMemory()));
        }

        @Actor
        public void freeing() {
            free();
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

    /** To a size class of an allocator. */
    @JCStressTest
    @State
    public static class OfAnAllocator extends FreeAgainstClose {
        public OfAnAllocator() {
            super(new AllocatorPool());
        }

        @Actor
        public void freeing() {
            free();
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

    /** Its close does not count the live objects. */
    @JCStressTest
    @State
    public static class KnownBad extends FreeAgainstClose {
        public KnownBad() {
            super(new SimplePool(1) {
                @Override
                public boolean close() {
                    closeNow();
                    return true;
                }
            });
        }

        @Actor
        public void freeing() {
            free();
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

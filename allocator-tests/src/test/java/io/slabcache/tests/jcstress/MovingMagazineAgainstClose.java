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
 * A close counts cached objects while another thread moves magazines between its own cache, the depot and the slab
 * list. One object is always live, so the close is refused: a magazine that is counted twice would hide it.
 */
@Outcome(id = "refused", expect = Expect.ACCEPTABLE, desc = "the close found the live object")
@Outcome(id = "closed over a live object", expect = Expect.FORBIDDEN, desc = "a magazine was counted twice")
@Outcome(id = "lost", expect = Expect.FORBIDDEN, desc = "the cache cannot be closed once everything is freed")
@Outcome(expect = Expect.FORBIDDEN, desc = "an outcome without a name")
public abstract class MovingMagazineAgainstClose extends Scenario {
    private static final int MOVES = 4;

    private final MemorySegment live;
    private boolean closed;

    /** A pool with one live object and, if it has magazines of the given capacity, two full ones in its depot. */
    MovingMagazineAgainstClose(Pool pool, int capacity) {
        super(pool);
        live = pool.tryAllocate();
        MemorySegment[] cached = new MemorySegment[2 * capacity];
        pool.allocateBulk(cached);
        for (MemorySegment object : cached) {
            pool.free(object);
        }
        pool.flush();
    }

    void move() {
        try {
            for (int i = 0; i < MOVES; i++) {
                pool.free(pool.tryAllocate());
                pool.flush();
            }
        } catch (IllegalStateException e) {
            // Closed, which shows in the outcome.
        }
    }

    void close() {
        closed = pool.close();
    }

    @Override
    final String look() {
        if (closed) {
            return "closed over a live object";
        }
        return pool.free(live) && pool.close() ? "refused" : "lost";
    }

    /** From the depot to the thread, and back. */
    @JCStressTest
    @State
    public static class ThroughDepot extends MovingMagazineAgainstClose {
        public ThroughDepot() {
            super(new CachePool(Caches.withMagazinesOf(4)), 4);
        }

        @Actor
        public void moving() {
            move();
        }

        @Actor
        public void closing() {
            close();
        }

        @Arbiter
        public void end(L_Result result) {
            result.r1 = end();
        }
    }

    /** A shrink moves the objects of the depot to the slab list, from which the thread takes them again. */
    @JCStressTest
    @State
    public static class ThroughSlabList extends MovingMagazineAgainstClose {
        public ThroughSlabList() {
            super(new CachePool(Caches.withMagazinesOf(4)), 4);
        }

        @Actor
        public void moving() {
            try {
                pool.shrink();
                move();
                pool.shrink();
            } catch (IllegalStateException e) {
                // Closed, which shows in the outcome.
            }
        }

        @Actor
        public void closing() {
            close();
        }

        @Arbiter
        public void end(L_Result result) {
            result.r1 = end();
        }
    }

    /** Its close counts the depot and then the thread, once. One object moves between them, another is live. */
    private static final class CountedOnce extends SimplePool {
        private volatile int inDepot;
        private volatile int inThread;

        CountedOnce() {
            super(2);
        }

        @Override
        public MemorySegment tryAllocate() {
            MemorySegment object = super.tryAllocate();
            inDepot = 0;
            return object;
        }

        @Override
        public boolean free(MemorySegment object) {
            inThread = 1;
            return super.free(object);
        }

        @Override
        public void flush() {
            waitForAnother();
            inThread = 0;
            inDepot = 1;
        }

        @Override
        public boolean close() {
            int cached = inDepot;
            waitForAnother();
            cached += inThread;
            if (all().length > cached) {
                return false;
            }
            closeNow();
            return true;
        }
    }

    @JCStressTest
    @State
    public static class KnownBad extends MovingMagazineAgainstClose {
        public KnownBad() {
            super(new CountedOnce(), 0);
        }

        @Actor
        public void moving() {
            move();
        }

        @Actor
        public void closing() {
            close();
        }

        @Arbiter
        public void end(L_Result result) {
            result.r1 = end();
        }
    }
}

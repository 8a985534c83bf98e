package io.slabcache.tests.jcstress;

import io.slabcache.diagnostics.Checks;
import java.lang.foreign.MemorySegment;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/**
 * An unchecked cache is closed by force while a thread takes magazines out of the depot and empties them. The thread
 * gets objects until it learns of the close, never nothing. After the close has returned, the thread's cache is empty,
 * even if it was loading a magazine during the close.
 */
@Outcome(id = "told", expect = Expect.ACCEPTABLE, desc = "objects, and then the exception")
@Outcome(id = "nothing", expect = Expect.FORBIDDEN, desc = "neither an object nor an exception")
@Outcome(id = "handed out", expect = Expect.FORBIDDEN, desc = "an object after the close")
@Outcome(expect = Expect.FORBIDDEN, desc = "an outcome without a name")
public abstract class UncheckedAgainstClose extends Scenario {
    static final int CAPACITY = 4;

    /** More than two magazines and a spare object. */
    private static final int BURST = 3 * CAPACITY;

    private volatile boolean closed;
    private String found = "";

    /** A pool with some full magazines in its depot. */
    UncheckedAgainstClose(Pool pool) {
        super(pool);
        MemorySegment[] objects = new MemorySegment[BURST];
        pool.allocateBulk(objects);
        for (MemorySegment object : objects) {
            pool.free(object);
        }
        pool.flush();
    }

    void use() {
        MemorySegment[] objects = new MemorySegment[BURST];
        try {
            while (!closed) {
                for (int i = 0; i < BURST; i++) {
                    objects[i] = pool.tryAllocate();
                    if (objects[i] == null) {
                        found = "nothing";
                        return;
                    }
                }
                for (MemorySegment object : objects) {
                    pool.free(object);
                }
            }
        } catch (IllegalStateException e) {
            // Closed, perhaps before the close has returned.
        }
        while (!closed) {
            Thread.onSpinWait();
        }
        for (int i = 0; i < BURST; i++) {
            try {
                pool.tryAllocate();
                found = "handed out";
            } catch (IllegalStateException e) {
                found = found.isEmpty() ? "told" : found;
            }
        }
    }

    void close() {
        pool.closeNow();
        closed = true;
    }

    @Override
    final String look() {
        return found;
    }

    @JCStressTest
    @State
    public static class OfTheCache extends UncheckedAgainstClose {
        public OfTheCache() {
            super(new CachePool(Caches.withMagazinesOf(CAPACITY).checks(Checks.NONE)));
        }

        @Actor
        public void using() {
            use();
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

    /** Its allocation checks that there is an object, but not what it pops. */
    private static final class NotLooking extends SimplePool {
        private volatile boolean wiped;

        NotLooking() {
            super(BURST);
        }

        @Override
        public MemorySegment tryAllocate() {
            if (wiped) {
                throw new IllegalStateException("closed");
            }
            MemorySegment object = super.tryAllocate();
            waitForAnother();
            return wiped ? null : object;
        }

        @Override
        public synchronized void closeNow() {
            super.closeNow();
            wiped = true;
        }
    }

    @JCStressTest
    @State
    public static class KnownBad extends UncheckedAgainstClose {
        public KnownBad() {
            super(new NotLooking());
        }

        @Actor
        public void using() {
            use();
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

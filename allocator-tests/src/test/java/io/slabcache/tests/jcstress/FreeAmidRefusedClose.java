package io.slabcache.tests.jcstress;

import java.lang.foreign.MemorySegment;
import java.util.function.BooleanSupplier;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/**
 * A close hides all objects while it decides. A valid free that does not find its object meanwhile waits for the
 * decision and looks again: it is never taken for a double free.
 */
@Outcome(id = "freed, closed", expect = Expect.ACCEPTABLE, desc = "the close came last, or the first count was early")
@Outcome(id = "freed, close refused", expect = Expect.ACCEPTABLE, desc = "the close found a live object")
@Outcome(id = "told, closed", expect = Expect.ACCEPTABLE, desc = "the close came first")
@Outcome(
        id = "free told, closed",
        expect = Expect.ACCEPTABLE_INTERESTING,
        desc = "the documented gap: stopped in the middle of its allocation, so the close did not count the object")
@Outcome(id = "double free", expect = Expect.FORBIDDEN, desc = "a valid free was reported as misuse")
@Outcome(id = "told, but open", expect = Expect.FORBIDDEN, desc = "an open cache said that it is closed")
@Outcome(expect = Expect.FORBIDDEN, desc = "an outcome without a name")
public abstract class FreeAmidRefusedClose extends Scenario {
    private String freed;
    private boolean closed;

    /** A pool in which one object has been live. */
    FreeAmidRefusedClose(Pool pool) {
        super(pool);
        pool.free(pool.tryAllocate());
    }

    void allocateAndFree() {
        MemorySegment object;
        try {
            object = pool.tryAllocate();
        } catch (IllegalStateException e) {
            freed = "told";
            return;
        }
        try {
            freed = pool.free(object) ? "freed" : "double free";
        } catch (IllegalStateException e) {
            freed = "free told";
        }
    }

    void close() {
        closed = pool.close();
    }

    @Override
    final String look() {
        return switch (freed) {
            case "double free" -> freed;
            case "freed" -> closed ? "freed, closed" : "freed, close refused";
            default -> freed + (closed ? ", closed" : ", but open");
        };
    }

    /** Through the slab list only. */
    @JCStressTest
    @State
    public static class PastMagazines extends FreeAmidRefusedClose {
        public PastMagazines() {
            super(new CachePool(Caches.withRealMemory().lockless(false)));
        }

        @Actor
        public void freeing() {
            allocateAndFree();
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

    /** Also as the spare object, if the freeing thread has made the cache. */
    @JCStressTest
    @State
    public static class IntoMagazines extends FreeAmidRefusedClose {
        public IntoMagazines() {
            super(new CachePool(Caches.withRealMemory()));
        }

        @Actor
        public void freeing() {
            allocateAndFree();
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

    /** Its close counts itself before it announces that it decides: a free reads the new number with the old state. */
    private static final class CountedTooEarly extends SimplePool {
        private static final long PATIENCE_NANOS = 50_000;

        private volatile int closes;
        private volatile boolean sealed;
        private volatile boolean hidden;

        /** Whether a free has read the number and the state of the close, and looks for its object next. */
        private volatile boolean looking;

        CountedTooEarly() {
            super(1);
        }

        @Override
        public boolean close() {
            closes = closes + 1;
            await(() -> looking);
            sealed = true;
            hidden = true;
            await(() -> !looking);
            boolean refused = counts()[2] > 0;
            hidden = false;
            sealed = false;
            if (!refused) {
                closeNow();
            }
            return !refused;
        }

        @Override
        public boolean free(MemorySegment object) {
            return isFound() && super.free(object);
        }

        private boolean isFound() {
            boolean found;
            int before;
            do {
                before = closes;
                await(() -> !sealed);
                looking = true;
                await(() -> hidden);
                found = !hidden;
                looking = false;
            } while (!found && before != closes);
            return found;
        }

        /** Makes the race likely: waits briefly for the other thread to reach the right step. */
        private static void await(BooleanSupplier condition) {
            long end = System.nanoTime() + PATIENCE_NANOS;
            while (!condition.getAsBoolean() && System.nanoTime() < end) {
                Thread.onSpinWait();
            }
        }
    }

    @JCStressTest
    @State
    public static class KnownBad extends FreeAmidRefusedClose {
        public KnownBad() {
            super(new CountedTooEarly());
        }

        @Actor
        public void freeing() {
            allocateAndFree();
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

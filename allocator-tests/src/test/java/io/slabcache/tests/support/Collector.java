package io.slabcache.tests.support;

import java.lang.ref.PhantomReference;
import java.lang.ref.ReferenceQueue;
import java.util.function.BooleanSupplier;

/** Runs the garbage collector for tests that wait for it. */
public final class Collector {
    private static final int MOST_COLLECTIONS = 400;
    private static final int MILLIS_TO_ENQUEUE = 20;

    private Collector() {}

    /** Collects until a condition holds, which is checked between collections. */
    public static void collectUntil(BooleanSupplier condition) {
        for (int i = 0; !condition.getAsBoolean(); i++) {
            if (i == MOST_COLLECTIONS) {
                throw new AssertionError("has not come about after " + i + " collections");
            }
            collect();
        }
    }

    /** Collects at least that many times; each time the references to earlier garbage have been cleared. */
    public static void collectAll(int times) {
        for (int i = 0; i < times; i++) {
            ReferenceQueue<Object> gone = new ReferenceQueue<>();
            PhantomReference<Object> last = new PhantomReference<>(new Object(), gone);
            collectUntil(() -> last.refersTo(null) && gone.poll() == last);
        }
    }

    private static void collect() {
        System.gc();
        try {
            Thread.sleep(MILLIS_TO_ENQUEUE);
        } catch (InterruptedException e) {
            throw new AssertionError("interrupted while collecting", e);
        }
    }
}

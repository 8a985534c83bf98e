package io.slabcache.internal.util;

import java.lang.ref.PhantomReference;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;

/** Runs the garbage collector for tests that wait for it. */
public final class Collector {
    private static final int MOST = 400;
    private static final int MILLIS_TO_ENQUEUE = 20;
    private static final int MOST_TRIES = 20;

    private Collector() {}

    /** Returns whether a reference is cleared when its referent is collected; a frame may keep it for a moment. */
    public static boolean clears(Reference<?> reference) {
        for (int i = 0; i < MOST_TRIES && !reference.refersTo(null); i++) {
            collect();
        }
        return reference.refersTo(null);
    }

    /** Returns after the references to objects that are unreachable now were enqueued. */
    public static void collect() {
        ReferenceQueue<Object> gone = new ReferenceQueue<>();
        PhantomReference<Object> last = new PhantomReference<>(new Object(), gone);
        try {
            for (int i = 0; i < MOST; i++) {
                System.gc();
                if (gone.remove(MILLIS_TO_ENQUEUE) == last) {
                    return;
                }
            }
        } catch (InterruptedException e) {
            throw new AssertionError("interrupted while collecting", e);
        }
        throw new AssertionError("the collector does not come");
    }
}

package io.slabcache.tests.threads;

import io.slabcache.memory.MemoryRegion;
import io.slabcache.memory.MemorySource;
import java.util.concurrent.CountDownLatch;

/** A memory source that pins a waiting virtual thread to its carrier: a class initializer is a native frame. */
final class Pinned implements MemorySource {
    /** Static, because a class initializer has no other access to it. */
    private static final CountDownLatch GATE = new CountDownLatch(1);

    private static final class Waiting {
        static final boolean IS_OVER = await();

        private static boolean await() {
            try {
                GATE.await();
                return true;
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }
    }

    /** Waits once for each time that the class is loaded. */
    @Override
    public MemoryRegion allocate(long bytes, long alignment) {
        if (!Waiting.IS_OVER) {
            throw new AssertionError();
        }
        return MemorySource.arena().allocate(bytes, alignment);
    }

    /** Ends all waiting. */
    static void open() {
        GATE.countDown();
    }
}

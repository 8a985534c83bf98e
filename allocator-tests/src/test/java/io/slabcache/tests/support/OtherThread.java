package io.slabcache.tests.support;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.function.Executable;

/** Runs an action on a thread that ends before the call returns, and rethrows its exception. */
public final class OtherThread {
    private OtherThread() {}

    /** Runs on a platform thread that is new to every cache. */
    public static void run(Executable action) {
        run(Thread.ofPlatform(), action);
    }

    /** Runs on a virtual thread. */
    public static void runVirtual(Executable action) {
        run(Thread.ofVirtual(), action);
    }

    private static void run(Thread.Builder builder, Executable action) {
        Throwable[] thrown = new Throwable[1];
        Thread thread = builder.start(() -> {
            try {
                action.execute();
            } catch (Throwable e) {
                thrown[0] = e;
            }
        });
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new AssertionError("interrupted while waiting for " + thread, e);
        }
        if (thrown[0] != null) {
            OtherThread.<RuntimeException>rethrow(thrown[0]);
        }
    }

    /** Throws a checked exception unwrapped: callers assert its type. */
    @SuppressWarnings("unchecked")
    private static <T extends Throwable> void rethrow(Throwable thrown) throws T {
        throw (T) thrown;
    }

    /** Waits for an action of another thread. */
    public static void await(CountDownLatch latch) {
        try {
            if (!latch.await(1, TimeUnit.MINUTES)) {
                throw new AssertionError("the other thread never came");
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}

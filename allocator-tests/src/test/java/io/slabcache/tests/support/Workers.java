package io.slabcache.tests.support;

import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.function.Executable;

/** Threads that start together; an exception of any of them fails the test. */
public final class Workers {
    private static final long PATIENCE_MILLIS = 60_000;

    private final List<Thread> threads = new ArrayList<>();
    private final CountDownLatch start = new CountDownLatch(1);
    private final ConcurrentLinkedQueue<Throwable> thrown = new ConcurrentLinkedQueue<>();

    /** Adds a platform thread. */
    public Workers platform(Executable work) {
        return add(Thread.ofPlatform(), work);
    }

    /** Adds a virtual thread. */
    public Workers virtual(Executable work) {
        return add(Thread.ofVirtual(), work);
    }

    /** Adds a thread of the kind that uses this entry point. */
    public Workers through(Access access, Executable work) {
        return access.isVirtual() ? virtual(work) : platform(work);
    }

    private Workers add(Thread.Builder builder, Executable work) {
        threads.add(builder.unstarted(() -> {
            try {
                start.await();
                work.execute();
            } catch (Throwable e) {
                thrown.add(e);
            }
        }));
        return this;
    }

    /** Runs all to their end. */
    public void run() {
        threads.forEach(Thread::start);
        start.countDown();
        for (Thread thread : threads) {
            try {
                thread.join(PATIENCE_MILLIS);
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
            assertFalse(thread.isAlive(), () -> thread + " hangs: " + List.of(thread.getStackTrace()));
        }
        if (!thrown.isEmpty()) {
            AssertionError failure = new AssertionError(thrown.size() + " threads failed", thrown.poll());
            thrown.forEach(failure::addSuppressed);
            throw failure;
        }
    }
}

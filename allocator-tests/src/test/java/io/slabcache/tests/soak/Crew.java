package io.slabcache.tests.soak;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** The threads of one round: started together, optionally interrupted all the time, and joined with a timeout. */
final class Crew {
    private static final long PATIENCE = TimeUnit.MINUTES.toNanos(2);
    private static final long PAUSE = TimeUnit.MICROSECONDS.toNanos(200);

    private final List<Thread> threads;
    private final boolean areInterrupted;

    Crew(List<Thread> threads, boolean areInterrupted) {
        this.threads = threads;
        this.areInterrupted = areInterrupted;
    }

    void runToEnd() {
        long started = System.nanoTime();
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            while (thread.isAlive()) {
                if (areInterrupted) {
                    threads.forEach(Thread::interrupt);
                }
                LockSupport.parkNanos(PAUSE);
                if (System.nanoTime() - started > PATIENCE) {
                    throw new AssertionError(thread + " hangs at " + Arrays.toString(thread.getStackTrace()));
                }
            }
        }
    }
}

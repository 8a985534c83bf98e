package io.slabcache.bench.latency;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A thread that sleeps half a millisecond at a time, and counts by how much it wakes up later than it did at best: what the
 * machine and the JVM do to a thread that uses no allocator.
 */
final class Hiccups implements Runnable {

    private static final long SLEEP_NANOS = TimeUnit.MICROSECONDS.toNanos(500);

    private final Times times = new Times();
    private volatile boolean ended;

    @Override
    public void run() {
        long shortest = Long.MAX_VALUE;
        long before = System.nanoTime();
        while (!ended) {
            LockSupport.parkNanos(SLEEP_NANOS);
            long now = System.nanoTime();
            shortest = Math.min(shortest, now - before);
            times.record(now - before - shortest, SLEEP_NANOS);
            before = now;
        }
    }

    void end() {
        ended = true;
    }

    /** For use after the end of the thread. */
    Times times() {
        return times;
    }
}

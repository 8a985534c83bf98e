package io.slabcache.bench.latency;

import io.slabcache.bench.slots.SlotAllocator;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A thread that needs no growth: it allocates and frees one object from a warm cache, again and again, and measures each
 * call. Between bursts it sleeps, to leave the processor to the load.
 */
final class Bystander implements Runnable {

    /** In the middle of the spare slots, away from those of the load. */
    private static final int SPARE = 32;

    private static final int BURST = 4;
    private static final int WARMUPS = 20_000;
    private static final long PAUSE_NANOS = TimeUnit.MICROSECONDS.toNanos(50);

    private final SlotAllocator allocator;
    private final int slot;
    private final Map<Phase, Times> waits = new EnumMap<>(Phase.class);
    private final CountDownLatch warm = new CountDownLatch(1);
    private volatile Phase phase = Phase.GROW;
    private volatile boolean ended;

    /** Uses a spare slot after those of the load. */
    Bystander(SlotAllocator allocator, int objectsOfLoad) {
        this.allocator = allocator;
        this.slot = objectsOfLoad + SPARE;
        for (Phase each : Phase.values()) {
            waits.put(each, new Times());
        }
    }

    @Override
    public void run() {
        try {
            allocator.enterThread();
            Times ignored = new Times();
            for (int i = 0; i < WARMUPS; i++) {
                pair(ignored);
            }
        } finally {
            warm.countDown();
        }
        while (!ended) {
            // A call that lasts into the next phase began in this one, where its cause is.
            Times now = waits.get(phase);
            for (int i = 0; i < BURST; i++) {
                pair(now);
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    private void pair(Times times) {
        long start = System.nanoTime();
        allocator.allocate(slot);
        long allocated = System.nanoTime();
        allocator.free(slot);
        times.record(allocated - start);
        times.record(System.nanoTime() - allocated);
    }

    void awaitWarm() throws InterruptedException {
        warm.await();
    }

    void enter(Phase next) {
        phase = next;
    }

    void end() {
        ended = true;
    }

    /** Returns the time of each call of a phase; for use after the end of the thread. */
    Times waits(Phase of) {
        return waits.get(of);
    }
}

package io.slabcache.bench.latency;

import io.slabcache.bench.slots.SlotAllocator;
import java.util.concurrent.atomic.AtomicReference;

/** The threads that measure beside the load: a bystander, and one for hiccups. */
final class Beside implements AutoCloseable {

    private final Hiccups hiccups = new Hiccups();
    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    private final Bystander bystander;
    private final Thread[] threads;

    private Beside(SlotAllocator allocator, int objectsOfLoad) {
        this.bystander = new Bystander(allocator, objectsOfLoad);
        this.threads = new Thread[] {
            allocator.newThread(bystander, "bystander"), new Thread(hiccups, "hiccups"),
        };
    }

    /** Returns when the bystander's cache is warm. */
    static Beside start(SlotAllocator allocator, int objectsOfLoad) throws InterruptedException {
        Beside beside = new Beside(allocator, objectsOfLoad);
        for (Thread thread : beside.threads) {
            thread.setUncaughtExceptionHandler((failed, e) -> beside.failure.set(e));
            thread.setDaemon(true);
            thread.start();
        }
        beside.bystander.awaitWarm();
        return beside;
    }

    void enter(Phase phase) {
        bystander.enter(phase);
    }

    /** Ends the threads; after that their times may be read. */
    void end() throws InterruptedException {
        close();
        for (Thread thread : threads) {
            thread.join();
        }
        if (failure.get() != null) {
            throw new IllegalStateException("a thread beside the load failed", failure.get());
        }
    }

    Times hiccups() {
        return hiccups.times();
    }

    Times waits(Phase phase) {
        return bystander.waits(phase);
    }

    /** Only tells the threads to end. */
    @Override
    public void close() {
        bystander.end();
        hiccups.end();
    }
}

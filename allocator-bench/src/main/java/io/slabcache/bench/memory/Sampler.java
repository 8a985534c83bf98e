package io.slabcache.bench.memory;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A thread that looks at the memory of the process again and again. */
final class Sampler implements AutoCloseable {

    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private final ProcessMemory memory = new ProcessMemory();
    private final List<Reading> samples = new ArrayList<>();
    private final long baseline = memory.bytes();
    private final long start = System.nanoTime();
    private final Thread thread = new Thread(this::sample, "sampler");
    private volatile long liveBytes;
    private volatile boolean ended;

    /** Takes the current memory as the baseline. */
    Sampler() {
        thread.setDaemon(true);
        thread.start();
    }

    private void sample() {
        while (!ended) {
            samples.add(reading());
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    /** Tells how much is live now. */
    void live(long bytes) {
        liveBytes = bytes;
    }

    Reading reading() {
        return new Reading(
                TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start), liveBytes, memory.bytes() - baseline);
    }

    long baseline() {
        return baseline;
    }

    boolean isResident() {
        return memory.isResident();
    }

    /** Ends the thread, and returns all samples. */
    List<Reading> end() throws InterruptedException {
        ended = true;
        thread.join();
        return samples;
    }

    /** Only tells the thread to end. */
    @Override
    public void close() {
        ended = true;
    }
}

package io.slabcache.bench.workload;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** A thread that works for a while and ends before the measurement: what an allocator cached for it must come back. */
final class EarlierThread {

    private static final int TIMES = 1_000;

    private EarlierThread() {}

    /**
     * Does the work many times in a new thread, and returns when that has ended.
     *
     * @throws IllegalStateException if the work throws
     */
    static void run(Runnable work) {
        FutureTask<Void> task = new FutureTask<>(
                () -> {
                    for (int i = 0; i < TIMES; i++) {
                        work.run();
                    }
                },
                null);
        Thread thread = new Thread(task);
        thread.start();
        try {
            task.get();
            thread.join();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}

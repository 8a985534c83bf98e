package io.slabcache.bench.slots;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** Runs a load in a thread of the kind that its allocator likes. */
public final class SlotThread {

    private SlotThread() {}

    /**
     * Returns what the load returns.
     *
     * @throws ExecutionException if the load fails
     */
    public static <T> T call(SlotAllocator allocator, Callable<T> load)
            throws ExecutionException, InterruptedException {
        FutureTask<T> task = new FutureTask<>(() -> {
            allocator.enterThread();
            return load.call();
        });
        allocator.newThread(task, "load").start();
        return task.get();
    }
}

package io.slabcache.internal.util;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;

/** Runs code on threads, waits for their end and rethrows their exceptions. */
public final class Threads {
    private static final int SECONDS = 20;

    private Threads() {}

    /** The code of one of several threads. */
    public interface Body {
        void run(int number) throws Exception;
    }

    /** Runs the body on platform threads that start together. */
    public static void together(int count, Body body) throws Exception {
        runAll(Thread.ofPlatform(), count, body);
    }

    /** Runs the body on virtual threads that start together. */
    public static void togetherVirtual(int count, Body body) throws Exception {
        runAll(Thread.ofVirtual(), count, body);
    }

    private static void runAll(Thread.Builder builder, int count, Body body) throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        List<Running<Void>> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int number = i;
            all.add(start(builder, () -> {
                go.await();
                body.run(number);
                return null;
            }));
        }
        go.countDown();
        for (Running<Void> running : all) {
            running.result();
        }
    }

    /** Runs code on another platform thread, which has ended when this call returns. */
    public static <T> T onAnother(Callable<T> body) throws Exception {
        return start(Thread.ofPlatform(), body).result();
    }

    /** Runs code on a virtual thread. */
    public static <T> T onVirtual(Callable<T> body) throws Exception {
        return start(Thread.ofVirtual(), body).result();
    }

    /** Starts a platform thread. */
    public static <T> Running<T> start(Callable<T> body) {
        return start(Thread.ofPlatform(), body);
    }

    /** Starts a virtual thread. */
    public static <T> Running<T> startVirtual(Callable<T> body) {
        return start(Thread.ofVirtual(), body);
    }

    private static <T> Running<T> start(Thread.Builder builder, Callable<T> body) {
        FutureTask<T> task = new FutureTask<>(body);
        return new Running<>(builder.start(task), task);
    }

    /** A started thread and its future result. */
    public record Running<T>(Thread thread, FutureTask<T> task) {
        /** Waits for the end of the thread. */
        public T result() throws Exception {
            try {
                T result = task.get(SECONDS, TimeUnit.SECONDS);
                thread.join();
                return result;
            } catch (ExecutionException e) {
                if (e.getCause() instanceof Error error) {
                    throw error;
                }
                throw (Exception) e.getCause();
            }
        }

        /** Returns when the thread waits for a lock or a latch, with or without a timeout. */
        public void awaitWaiting() throws InterruptedException {
            while (thread.getState() != Thread.State.WAITING && thread.getState() != Thread.State.TIMED_WAITING) {
                if (!thread.isAlive()) {
                    throw new AssertionError("the thread ended instead of waiting");
                }
                Thread.sleep(1);
            }
        }
    }

    /** Waits for the others that use the barrier. */
    public static void meet(CyclicBarrier barrier) {
        try {
            barrier.await(SECONDS, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    /** Waits for a latch. */
    public static void await(CountDownLatch latch) {
        try {
            if (!latch.await(SECONDS, TimeUnit.SECONDS)) {
                throw new AssertionError("the latch was not opened");
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}

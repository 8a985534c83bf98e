package io.slabcache.memory;

import io.slabcache.internal.util.Waiting;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * A step that runs on a short-lived thread of its own, because an interrupt must not reach it. The caller waits for it by
 * polling, and stays mounted if it is a virtual thread that holds a lock.
 */
final class Aside<T> implements Runnable {
    /** A step with input or output. */
    interface Step<T> {
        T run() throws IOException;
    }

    private final Step<T> step;

    // Written by the thread of its own, before isDone.
    private @Nullable T result;
    private @Nullable Throwable failure;
    private volatile boolean isDone;

    private Aside(Step<T> step) {
        this.step = step;
    }

    /** Runs a step that returns something, and waits for the end. */
    static <T> T call(Step<T> step) throws IOException {
        Aside<T> aside = new Aside<>(step);
        Thread.ofPlatform()
                .name("slabcache-file")
                .daemon()
                .inheritInheritableThreadLocals(false)
                .start(aside);
        for (int steps = 0; !aside.isDone; steps++) {
            Waiting.step(steps);
        }
        return aside.result();
    }

    private T result() throws IOException {
        if (failure instanceof IOException exception) {
            throw exception;
        } else if (failure instanceof RuntimeException exception) {
            throw exception;
        } else if (failure instanceof Error error) {
            throw error;
        } else if (result == null) {
            throw new IllegalStateException("no result", failure);
        }
        return result;
    }

    @Override
    public void run() {
        try {
            result = step.run();
        } catch (Throwable e) {
            failure = e;
        } finally {
            isDone = true;
        }
    }
}

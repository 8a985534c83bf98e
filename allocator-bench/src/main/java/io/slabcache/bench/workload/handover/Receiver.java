package io.slabcache.bench.workload.handover;

import java.util.function.Function;

/**
 * The second thread of a hand-over: empties the ring until it is stopped. An idle receiver spins, as does the sender;
 * after some microseconds both yield, because the other end may be waiting for this very core.
 */
abstract class Receiver {

    private static final int SPINS = 500;

    private final Thread thread;
    private volatile boolean stopped;
    private volatile Throwable failure;

    /** The subclass starts the thread once its own fields are set. */
    Receiver(Function<Runnable, Thread> threads, Runnable enterThread) {
        thread = threads.apply(() -> run(enterThread));
        thread.setName("receiver");
        thread.setDaemon(true);
    }

    /** Receives one object if there is one. */
    abstract boolean receive();

    final void start() {
        thread.start();
    }

    /**
     * The sender waits for a free slot, or for the last object to be received.
     *
     * @param turn number of earlier waits for the same event
     */
    public final void await(int turn) {
        if (failure != null) {
            throw new IllegalStateException("the receiving thread failed", failure);
        }
        pause(turn);
    }

    /** Returns when the thread has ended; the ring is empty by then. */
    public final void stop() {
        stopped = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run(Runnable enterThread) {
        try {
            enterThread.run();
            int turn = 0;
            while (true) {
                if (receive()) {
                    turn = 0;
                } else if (stopped) {
                    return;
                } else {
                    pause(turn++);
                }
            }
        } catch (Throwable e) {
            failure = e;
        }
    }

    private static void pause(int turn) {
        if (turn < SPINS) {
            Thread.onSpinWait();
        } else {
            Thread.yield();
        }
    }
}

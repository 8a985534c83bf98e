package io.slabcache.bench.run;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Notices when this JVM is told to end, and then ends the forks. The end waits, for ten seconds at most, until this is
 * closed: so what was measured can still be written.
 */
public final class Stop implements AutoCloseable {

    private static final int ATTEMPTS = 500;
    private static final int PAUSE_MILLIS = 20;
    private static final int GRACE_MILLIS = 200;

    private final CountDownLatch idle = new CountDownLatch(1);
    private final Thread hook = new Thread(this::stop, "stop-forks");
    private volatile boolean requested;

    /** Listens until it is closed. */
    public Stop() {
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** Returns whether the JVM was told to end. */
    public boolean isRequested() {
        return requested;
    }

    /**
     * Returns whether the JVM was told to end, and waits a moment if it was not. To be asked after a fork that failed: Ctrl-C
     * reaches forks as well, and may end one before this JVM notices.
     */
    boolean isRequestedAbout() {
        try {
            for (int waited = 0; !requested && waited < GRACE_MILLIS; waited += PAUSE_MILLIS) {
                TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return requested;
    }

    /** Repeats until the runner has noticed, which may be about to start the next fork. */
    private void stop() {
        requested = true;
        try {
            for (int i = 0; i < ATTEMPTS; i++) {
                ProcessHandle.current().descendants().forEach(ProcessHandle::destroyForcibly);
                if (idle.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS)) {
                    return;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        idle.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            requested = true; // the JVM is ending, though its hook may not have run yet
        }
    }
}

package io.slabcache.tests.heap;

import java.time.Duration;
import java.util.Arrays;

/** Runs an action that may hang, with a timeout. */
final class Patience {
    private static final Duration LONGEST = Duration.ofSeconds(20);

    private Patience() {}

    /** Runs it on a thread of its own. */
    static void run(Runnable action) {
        Throwable[] thrown = new Throwable[1];
        Thread thread = Thread.ofPlatform().daemon().unstarted(() -> {
            try {
                action.run();
            } catch (Throwable e) {
                thrown[0] = e;
            }
        });
        thread.start();
        try {
            if (!thread.join(LONGEST)) {
                throw new AssertionError("hangs at " + Arrays.toString(thread.getStackTrace()));
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        if (thrown[0] != null) {
            throw new AssertionError(thrown[0].getMessage(), thrown[0].getCause());
        }
    }
}

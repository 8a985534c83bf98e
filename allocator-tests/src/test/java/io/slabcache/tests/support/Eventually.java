package io.slabcache.tests.support;

import java.util.function.BooleanSupplier;

/** Waits for what another thread does soon. */
public final class Eventually {
    private static final int MOST_MILLIS = 20_000;

    private Eventually() {}

    /** Returns when the condition holds; fails after 20 seconds. */
    public static void holds(BooleanSupplier condition, String what) {
        long begun = System.nanoTime();
        while (!condition.getAsBoolean()) {
            if ((System.nanoTime() - begun) / 1_000_000 > MOST_MILLIS) {
                throw new AssertionError("has not come about: " + what);
            }
            pause();
        }
    }

    private static void pause() {
        try {
            Thread.sleep(1);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}

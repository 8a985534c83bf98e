package io.slabcache.internal.jfr;

import io.slabcache.internal.util.StackReserve;

/** Makes caches visible to the flight recorder, if this JVM has one. */
public final class FlightRecording {
    private static volatile boolean isPrepared;

    private FlightRecording() {}

    /**
     * Waits for the first recording from now on, unless that was done. The module {@code jdk.jfr} may be missing: an
     * image of jlink has it only if something else requires it.
     */
    public static void prepare() {
        if (isPrepared) {
            return;
        }
        StackReserve.claimForFirstUse();
        try {
            RecorderListener.add();
        } catch (LinkageError | RuntimeException e) {
            // No recorder, so no recording.
        }
        isPrepared = true;
    }
}

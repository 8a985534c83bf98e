package io.slabcache.tests.threads;

import io.slabcache.SlabCache;

/**
 * A program for a JVM whose virtual threads have one carrier. A thread that keeps the carrier while it waits for
 * another virtual thread waits forever.
 */
final class CarrierProgram {
    static final String DONE = "done";
    static final String HANGS = "hangs";
    static final String KNOWN_BAD = "known-bad";

    private static final int THREADS = 10_000;

    /** Then the first thread counts as hanging, because it is known to wait for the last one. */
    private static final long MILLIS_UNTIL_HANGING = 2_000;

    private CarrierProgram() {}

    public static void main(String[] arguments) throws InterruptedException {
        if (arguments.length > 0 && arguments[0].equals(KNOWN_BAD)) {
            System.out.println(hangs() ? HANGS : DONE);
            // The carrier is a daemon, and no other thread is left.
            return;
        }
        try (SlabCache cache = VirtualHandOver.cache(Long.MAX_VALUE)) {
            new VirtualHandOver(cache, Pool.of(cache), THREADS).check();
        }
        for (BlockedGrowth.Where where : BlockedGrowth.Where.values()) {
            new BlockedGrowth(where, Pool::of).check();
        }
        System.out.println(DONE);
    }

    /** Returns whether a virtual thread waits inside a cache for another one that cannot run. */
    private static boolean hangs() throws InterruptedException {
        SlabCache cache = SlabCache.builder("pinned", 64).memory(new Pinned()).build();
        Thread first = Thread.ofVirtual().start(cache::allocate);
        while (first.getState() == Thread.State.NEW || first.getState() == Thread.State.RUNNABLE) {
            Thread.onSpinWait();
        }
        Thread.ofVirtual().start(Pinned::open);
        first.join(MILLIS_UNTIL_HANGING);
        return first.isAlive();
    }
}

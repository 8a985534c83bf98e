package io.slabcache.bench.watch;

import io.slabcache.SlabCache;
import io.slabcache.diagnostics.Debug;
import java.io.IOException;
import java.util.concurrent.locks.LockSupport;

/** A program with three caches, which knows nothing of being watched. It ends with its input. */
public final class ThreeCaches {
    public static final String ODD_NAME = "odd \"name\", 'x'=*?";
    public static final int ORDERS = 1_000;
    public static final int FRAMES = 7;

    private static volatile boolean isRunning = true;

    private ThreeCaches() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        try (SlabCache orders = SlabCache.builder("orders", 64).build();
                SlabCache odd =
                        SlabCache.builder(ODD_NAME, 256).maxObjects(10_000).build();
                SlabCache frames =
                        SlabCache.builder("frames", 4_096).debug(Debug.TRACKING).build()) {
            long[] live = new long[ORDERS];
            orders.allocateBulk(live, 0, ORDERS);
            for (int i = 0; i < FRAMES; i++) {
                allocateFrame(frames);
            }
            Thread busy = new Thread(() -> keepAllocating(odd), "busy-thread");
            busy.start();
            System.out.println("ready");
            while (System.in.read() >= 0) {
                // Until the test has ended.
            }
            isRunning = false;
            busy.join();
            orders.closeNow();
            frames.closeNow();
        }
    }

    private static void allocateFrame(SlabCache frames) {
        frames.allocateAddress();
    }

    private static void keepAllocating(SlabCache cache) {
        long[] batch = new long[1_500];
        while (isRunning) {
            cache.allocateBulk(batch, 0, batch.length);
            cache.freeBulk(batch, 0, batch.length);
            // The rest of the processor is for the tests.
            LockSupport.parkNanos(1_000_000);
        }
    }
}

package io.slabcache.tests.threads;

import io.slabcache.SlabCache;
import io.slabcache.diagnostics.CacheExhaustedException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A program: virtual threads on many carriers that together never hold more than half of a bounded cache. Prints the
 * number of refused allocations.
 */
final class CrowdedBound {
    static final String REFUSED = "refused: ";

    private static final int BOUND = 2_000;
    private static final int MOST_LIVE = 1_000;
    private static final int THREADS = 2_000;
    private static final int ROUNDS = 200;
    private static final int MOST_AT_ONCE = 20;

    private CrowdedBound() {}

    public static void main(String[] arguments) {
        Semaphore allowed = new Semaphore(MOST_LIVE);
        AtomicInteger refused = new AtomicInteger();
        try (SlabCache cache =
                SlabCache.builder("crowded", 64).maxObjects(BOUND).build()) {
            try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
                for (int i = 0; i < THREADS; i++) {
                    threads.execute(() -> work(cache, allowed, refused));
                }
            }
            System.out.println(REFUSED + refused);
        }
    }

    private static void work(SlabCache cache, Semaphore allowed, AtomicInteger refused) {
        long[] objects = new long[MOST_AT_ONCE];
        for (int round = 0; round < ROUNDS; round++) {
            int wanted = ThreadLocalRandom.current().nextInt(MOST_AT_ONCE) + 1;
            allowed.acquireUninterruptibly(wanted);
            int count = 0;
            try {
                while (count < wanted) {
                    objects[count] = cache.allocateAddress();
                    count++;
                }
                Thread.yield();
            } catch (CacheExhaustedException e) {
                if (refused.getAndIncrement() == 0) {
                    System.out.println(e.getMessage());
                }
            }
            while (count > 0) {
                cache.freeAddress(objects[--count]);
            }
            allowed.release(wanted);
        }
    }
}

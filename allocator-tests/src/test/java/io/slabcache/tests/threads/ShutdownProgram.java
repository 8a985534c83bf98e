package io.slabcache.tests.threads;

import io.slabcache.SlabCache;
import io.slabcache.diagnostics.Checks;
import java.util.concurrent.CountDownLatch;

/** A program that frees its objects in shutdown hooks, and prints how many came back. */
final class ShutdownProgram {
    private ShutdownProgram() {}

    public static void main(String[] arguments) {
        int hooks = Integer.parseInt(arguments[2]);
        int count = Integer.parseInt(arguments[3]);
        int forgotten = Integer.parseInt(arguments[4]);
        // Not closed: the test is about the end of the program.
        SlabCache cache = SlabCache.builder("shutdown", 64)
                .lockless(Boolean.parseBoolean(arguments[0]))
                .checks(Checks.valueOf(arguments[1]))
                .build();
        long[] objects = new long[count];
        cache.allocateBulk(objects, 0, count);
        CountDownLatch freeing = new CountDownLatch(hooks);
        for (int i = 0; i < hooks; i++) {
            int first = i;
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                for (int j = first; j < count - forgotten; j += hooks) {
                    cache.freeAddress(objects[j]);
                }
                freeing.countDown();
            }));
        }
        Runtime.getRuntime().addShutdownHook(new Thread(() -> report(cache, freeing)));
    }

    private static void report(SlabCache cache, CountDownLatch freeing) {
        try {
            freeing.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        System.out.println("live " + cache.stats().liveObjects() + ", freed "
                + cache.stats().frees() + ", findings " + cache.validate().findings());
    }
}

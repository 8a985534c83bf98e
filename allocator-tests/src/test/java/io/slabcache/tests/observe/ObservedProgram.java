package io.slabcache.tests.observe;

import io.slabcache.SlabCache;
import java.util.ArrayList;
import java.util.List;

/**
 * A program with three caches and eight busy threads, started without any option. One place leaks: {@link #forget}. It
 * ends when its input does.
 */
final class ObservedProgram {
    static final List<String> NAMES = List.of("orders", "a \"packet\", of *", "quotes");
    static final String READY = "ready";

    private static final int THREADS = 8;
    private static final int TRANSIENT = 30;

    private static final List<Long> KEPT = new ArrayList<>();

    private ObservedProgram() {}

    public static void main(String[] arguments) throws Exception {
        List<SlabCache> caches =
                NAMES.stream().map(name -> SlabCache.builder(name, 256).build()).toList();
        for (int i = 0; i < THREADS; i++) {
            SlabCache cache = caches.get(i % NAMES.size());
            boolean isLeaky = i == 0;
            Thread.ofPlatform().daemon().start(() -> serve(cache, isLeaky));
        }
        System.out.println(READY);
        while (System.in.read() >= 0) {}
    }

    private static void serve(SlabCache cache, boolean isLeaky) {
        while (true) {
            // The leak comes after the frees, when the magazines are far from empty.
            use(cache);
            if (isLeaky) {
                forget(cache);
            }
            pause();
        }
    }

    private static void use(SlabCache cache) {
        long[] objects = new long[TRANSIENT];
        for (int i = 0; i < TRANSIENT; i++) {
            objects[i] = cache.allocateAddress();
        }
        for (long object : objects) {
            cache.freeAddress(object);
        }
    }

    private static void forget(SlabCache cache) {
        for (int i = 0; i < 4; i++) {
            KEPT.add(cache.allocateAddress());
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

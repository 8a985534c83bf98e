package io.slabcache.bench.watch;

import io.slabcache.SlabCache;
import java.io.IOException;

/** A program that has used a cache, and has none any more. It ends with its input. */
public final class ClosedCache {
    private ClosedCache() {}

    public static void main(String[] arguments) throws IOException {
        try (SlabCache cache = SlabCache.builder("past", 64).build()) {
            cache.freeAddress(cache.allocateAddress());
        }
        System.out.println("ready");
        while (System.in.read() >= 0) {
            // Until the test has ended.
        }
    }
}

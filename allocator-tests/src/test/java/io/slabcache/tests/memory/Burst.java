package io.slabcache.tests.memory;

import io.slabcache.SlabCache;
import io.slabcache.tests.support.ResidentMemory;
import java.io.IOException;

/** The program that {@link BurstTest} runs: takes much memory, gives it back, and prints the resident memory. */
final class Burst {
    private static final int OBJECT_BYTES = 4096;

    private Burst() {}

    /** Prints MiB before, at the peak of and after each of two bursts of the given MiB. */
    public static void main(String[] arguments) throws IOException {
        long[] addresses = new long[Integer.parseInt(arguments[0]) * ((1 << 20) / OBJECT_BYTES)];
        try (SlabCache cache = SlabCache.builder("burst", OBJECT_BYTES).build()) {
            cache.freeAddress(cache.allocateAddress());
            for (int i = 0; i < 2; i++) {
                long before = ResidentMemory.mebibytes();
                if (!cache.allocateBulk(addresses, 0, addresses.length)) {
                    throw new IllegalStateException("an unbounded cache refused");
                }
                long peak = ResidentMemory.mebibytes();
                cache.freeBulk(addresses, 0, addresses.length);
                cache.flush();
                cache.shrink();
                System.out.println(before + " " + peak + " " + ResidentMemory.mebibytes());
            }
        }
    }
}

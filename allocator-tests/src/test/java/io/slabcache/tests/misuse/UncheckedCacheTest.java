package io.slabcache.tests.misuse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.slabcache.Checks;
import io.slabcache.InvalidFreeException;
import io.slabcache.InvalidFreeException.Kind;
import io.slabcache.SlabCache;
import io.slabcache.tests.support.Healthy;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** What is refused also without checks, because it costs nothing or happens where a lock is held anyway. */
class UncheckedCacheTest {
    @Test
    void nullIsReported() {
        try (SlabCache cache =
                SlabCache.builder("trusting", 48).checks(Checks.NONE).build()) {
            assertEquals(
                    Kind.NULL,
                    assertThrows(InvalidFreeException.class, () -> cache.free(null))
                            .kind());
            assertEquals(
                    Kind.NULL,
                    assertThrows(InvalidFreeException.class, () -> cache.freeBulk(new MemorySegment[1], 0, 1))
                            .kind());
            assertEquals(2, cache.stats().misuses());
            Healthy.checkNothingLive(cache);
        }
    }

    @Test
    void aDoubleFreeThatReachesTheSlabsIsCountedAndKeptOnce() {
        try (SlabCache cache = SlabCache.builder("trusting", 48)
                .checks(Checks.NONE)
                .lockless(false)
                .build()) {
            long address = cache.allocateAddress();
            cache.freeAddress(address);
            cache.freeAddress(address);
            assertEquals(1, cache.stats().misuses());
            long[] addresses = new long[(int) cache.stats().totalObjects()];
            cache.allocateBulk(addresses, 0, addresses.length);
            assertEquals(addresses.length, Arrays.stream(addresses).distinct().count());
            cache.freeBulk(addresses, 0, addresses.length);
            assertEquals(0, cache.validate().findings().size());
        }
    }
}

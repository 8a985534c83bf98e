package io.slabcache.tests.misuse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slabcache.SlabCache;
import io.slabcache.diagnostics.InvalidFreeException;
import io.slabcache.diagnostics.InvalidFreeException.Kind;
import io.slabcache.diagnostics.MisusePolicy;
import io.slabcache.tests.support.Healthy;
import io.slabcache.tests.support.LogCapture;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/** A bulk free with one bad entry at any position frees nothing. */
@ParameterizedClass(name = "lockless {0}")
@ValueSource(booleans = {true, false})
class BulkMisuseTest {
    private static final int COUNT = 150;

    @Parameter
    boolean lockless;

    @Test
    void anEntryThatOccursTwiceRefusesAllWhereverItIs() {
        try (SlabCache cache =
                SlabCache.builder("victim", 48).lockless(lockless).build()) {
            long[] addresses = new long[COUNT];
            assertTrue(cache.allocateBulk(addresses, 0, COUNT));
            for (int bad : new int[] {1, 2, COUNT / 2, COUNT - 1}) {
                long[] doubled = addresses.clone();
                doubled[bad] = doubled[bad - 1];
                MemorySegment[] segments =
                        Arrays.stream(doubled).mapToObj(cache::segment).toArray(MemorySegment[]::new);
                assertRefused(
                        cache,
                        bad,
                        Kind.DOUBLE_FREE,
                        assertThrows(InvalidFreeException.class, () -> cache.freeBulk(doubled, 0, COUNT)));
                assertRefused(
                        cache,
                        bad,
                        Kind.DOUBLE_FREE,
                        assertThrows(InvalidFreeException.class, () -> cache.freeBulk(segments, 0, COUNT)));
            }
            cache.freeBulk(addresses, 0, COUNT);
            Healthy.checkNothingLive(cache);
        }
    }

    @Test
    void aBulkOverManySlabsIsRefusedWhereverTheBadEntryIs() {
        try (SlabCache cache = SlabCache.builder("victim", 4096)
                .slabBytes(64 << 10)
                .lockless(lockless)
                .build()) {
            long[] addresses = new long[COUNT];
            assertTrue(cache.allocateBulk(addresses, 0, COUNT));
            assertTrue(
                    cache.stats().slabs() > 2, () -> "slabs: " + cache.stats().slabs());
            shuffle(addresses);
            long freed = cache.allocateAddress();
            cache.freeAddress(freed);
            for (int bad = 0; bad < COUNT; bad++) {
                assertRefused(cache, addresses, bad, Kind.DOUBLE_FREE, freed);
                assertRefused(cache, addresses, bad, Kind.INTERIOR, addresses[bad] + 8);
                assertRefused(cache, addresses, bad, Kind.FOREIGN, 64);
            }
            for (int bad = 1; bad < COUNT; bad++) {
                assertRefused(cache, addresses, bad, Kind.DOUBLE_FREE, addresses[bad - 1]);
                assertRefused(cache, addresses, bad, Kind.DOUBLE_FREE, addresses[0]);
            }
            cache.freeBulk(addresses, 0, COUNT);
            assertTrue(cache.allocateBulk(addresses, 0, COUNT));
            assertEquals(COUNT, Arrays.stream(addresses).distinct().count());
            Healthy.check(cache);
            cache.freeBulk(addresses, 0, COUNT);
            Healthy.checkNothingLive(cache);
        }
    }

    private static void shuffle(long[] addresses) {
        List<Long> shuffled = new ArrayList<>(Arrays.stream(addresses).boxed().toList());
        Collections.shuffle(shuffled, new Random(4711));
        Arrays.setAll(addresses, shuffled::get);
    }

    private static void assertRefused(SlabCache cache, long[] good, int place, Kind kind, long bad) {
        long[] addresses = good.clone();
        addresses[place] = bad;
        InvalidFreeException refused =
                assertThrows(InvalidFreeException.class, () -> cache.freeBulk(addresses, 0, COUNT));
        assertRefused(cache, place, kind, refused);
    }

    private static void assertRefused(SlabCache cache, int bad, Kind kind, InvalidFreeException refused) {
        assertEquals(kind, refused.kind());
        assertTrue(refused.getMessage().contains("entry " + bad + " "), refused.getMessage());
        assertEquals(COUNT, cache.stats().liveObjects());
        Healthy.check(cache);
    }

    @Test
    void ofSeveralBadEntriesTheFirstIsReportedAndTheCallCountsOnce() {
        try (SlabCache cache =
                SlabCache.builder("victim", 48).lockless(lockless).build()) {
            long address = cache.allocateAddress();
            InvalidFreeException refused = assertThrows(
                    InvalidFreeException.class, () -> cache.freeBulk(new long[] {address, address + 1, 0}, 0, 3));
            assertEquals(Kind.INTERIOR, refused.kind());
            assertEquals(1, cache.stats().misuses());
            cache.freeAddress(address);
        }
    }

    @Test
    void entriesOutsideTheRangeDoNotMatter() {
        try (SlabCache cache =
                SlabCache.builder("victim", 48).lockless(lockless).build()) {
            long address = cache.allocateAddress();
            cache.freeBulk(new long[] {0, address, address, -1}, 1, 1);
            assertEquals(0, cache.stats().misuses());
            Healthy.checkNothingLive(cache);
        }
    }

    @Test
    void withoutExceptionsARefusedBulkIsIgnoredAsAWhole() {
        try (LogCapture log = new LogCapture();
                SlabCache cache = SlabCache.builder("victim", 48)
                        .lockless(lockless)
                        .onMisuse(MisusePolicy.WARN_ONCE)
                        .build()) {
            long address = cache.allocateAddress();
            cache.freeBulk(new long[] {address, 0}, 0, 2);
            cache.freeBulk(new MemorySegment[] {cache.segment(address), null}, 0, 2);
            assertEquals(1, cache.stats().liveObjects());
            assertEquals(2, cache.stats().misuses());
            assertEquals(1, log.records().size());
            cache.freeAddress(address);
            Healthy.checkNothingLive(cache);
        }
    }

    @Test
    void eachKindIsLoggedOnce() {
        try (LogCapture log = new LogCapture();
                SlabCache cache = SlabCache.builder("victim", 48)
                        .lockless(lockless)
                        .onMisuse(MisusePolicy.WARN_ONCE)
                        .build()) {
            long address = cache.allocateAddress();
            for (int i = 0; i < 5; i++) {
                cache.freeAddress(0);
                cache.freeAddress(address + 4);
                cache.freeAddress(-1);
            }
            assertEquals(3, log.records().size());
            assertEquals(15, cache.stats().misuses());
            cache.freeAddress(address);
            Healthy.checkNothingLive(cache);
        }
    }
}

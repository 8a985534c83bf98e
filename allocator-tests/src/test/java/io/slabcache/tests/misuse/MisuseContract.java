package io.slabcache.tests.misuse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slabcache.ObjectAllocator;
import io.slabcache.SlabCache;
import io.slabcache.diagnostics.InvalidFreeException;
import io.slabcache.diagnostics.InvalidFreeException.Kind;
import io.slabcache.diagnostics.MisusePolicy;
import io.slabcache.tests.support.FreeForm;
import io.slabcache.tests.support.Healthy;
import io.slabcache.tests.support.LogCapture;
import io.slabcache.tests.support.Texts;
import java.lang.foreign.MemorySegment;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.Parameter;

/**
 * What every refused free has in common: one report of the right kind, as an exception or in the log, and no other
 * effect. At the end of each test the cache has to be healthy.
 */
abstract class MisuseContract {
    static final long SIZE = 48;

    /** One way to free, on one entry point, with one policy. */
    record Setting(FreeForm form, MisusePolicy policy, boolean lockless, boolean local) {
        static Stream<Setting> all() {
            return Stream.of(FreeForm.values())
                    .flatMap(form -> Stream.of(MisusePolicy.values()).map(p -> new Setting(form, p, true, true)))
                    .flatMap(s -> Stream.of(s, new Setting(s.form, s.policy, s.lockless, false)))
                    .flatMap(s -> Stream.of(s, new Setting(s.form, s.policy, false, s.local)));
        }

        static Stream<Setting> withSegments() {
            return all().filter(setting -> setting.form.carriesSegments());
        }

        static Stream<Setting> withAddresses() {
            return all().filter(setting -> !setting.form.carriesSegments());
        }
    }

    @Parameter
    Setting setting;

    LogCapture log;
    SlabCache cache;
    SlabCache other;
    MemorySegment good;
    private ObjectAllocator allocator;

    @BeforeEach
    void open() {
        log = new LogCapture();
        cache = SlabCache.builder("victim", SIZE)
                .lockless(setting.lockless())
                .onMisuse(setting.policy())
                .build();
        other = SlabCache.builder("neighbour", SIZE).build();
        good = cache.allocate();
        allocator = setting.local() ? cache.local() : cache;
    }

    @AfterEach
    void close() {
        log.close();
        allocator.free(good);
        Healthy.checkNothingLive(cache);
        Healthy.checkNothingLive(other);
        cache.close();
        other.close();
    }

    ObjectAllocator allocator() {
        return allocator;
    }

    /** Makes a bad free twice, and returns the first report. */
    InvalidFreeException refused(Kind expected, MemorySegment bad) {
        long misuses = cache.stats().misuses();
        long frees = cache.stats().frees();
        InvalidFreeException report = setting.policy() == MisusePolicy.THROW ? thrownTwice(bad) : loggedOnce(bad);
        assertEquals(expected, report.kind(), report.getMessage());
        assertTrue(report.getMessage().contains("'victim'"), report.getMessage());
        if (setting.form().isBulk()) {
            assertTrue(report.getMessage().contains("entry 1"), report.getMessage());
        }
        assertEquals(misuses + 2, cache.stats().misuses());
        assertEquals(frees, cache.stats().frees(), "something was freed");
        Healthy.check(cache);
        return report;
    }

    private InvalidFreeException thrownTwice(MemorySegment bad) {
        InvalidFreeException first =
                assertThrows(InvalidFreeException.class, () -> setting.form().free(allocator, good, bad));
        InvalidFreeException second =
                assertThrows(InvalidFreeException.class, () -> setting.form().free(allocator, good, bad));
        assertEquals(first.getMessage(), second.getMessage());
        assertEquals(0, log.records().size());
        return first;
    }

    private InvalidFreeException loggedOnce(MemorySegment bad) {
        int before = log.records().size();
        setting.form().free(allocator, good, bad);
        setting.form().free(allocator, good, bad);
        assertEquals(before + 1, log.records().size());
        LogRecord record = log.records().getLast();
        assertEquals(Level.WARNING, record.getLevel());
        InvalidFreeException report = (InvalidFreeException) record.getThrown();
        assertTrue(record.getMessage().contains(report.getMessage()), record.getMessage());
        return report;
    }

    static String hex(long address) {
        return "0x" + Long.toHexString(address);
    }

    static void assertSays(InvalidFreeException report, String... parts) {
        Texts.assertSays(report.getMessage(), parts);
    }
}

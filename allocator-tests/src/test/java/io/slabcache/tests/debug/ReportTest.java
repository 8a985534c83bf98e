package io.slabcache.tests.debug;

import static io.slabcache.tests.support.Texts.assertSays;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slabcache.SlabCache;
import io.slabcache.diagnostics.CorruptedObjectException;
import io.slabcache.diagnostics.Debug;
import io.slabcache.diagnostics.InvalidFreeException;
import io.slabcache.diagnostics.MisusePolicy;
import io.slabcache.diagnostics.MisuseReport;
import io.slabcache.diagnostics.MisuseReport.Kind;
import io.slabcache.tests.support.Healthy;
import io.slabcache.tests.support.OtherThread;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The listener receives every report, and the cache goes on whatever the listener does. */
class ReportTest extends DebugContract {
    @ParameterizedTest
    @EnumSource
    void aCacheThatIsNotDebuggedReportsInvalidFreesToo(MisusePolicy policy) {
        cache = builder().onMisuse(policy).build();
        long object = cache.allocateAddress();
        cache.freeAddress(object);
        for (Runnable misuse : List.<Runnable>of(
                () -> cache.freeAddress(object),
                () -> cache.freeAddress(object + 3),
                () -> cache.freeAddress(0),
                () -> cache.freeBulk(new long[] {64}, 0, 1))) {
            if (policy == MisusePolicy.THROW) {
                assertThrows(InvalidFreeException.class, misuse::run);
            } else {
                misuse.run();
            }
        }
        assertEquals(
                List.of(Kind.DOUBLE_FREE, Kind.INTERIOR, Kind.NULL, Kind.FOREIGN),
                reports.stream().map(MisuseReport::kind).toList());
        MisuseReport interior = reports.get(1);
        assertEquals(object + 3, interior.address());
        assertEquals(object, interior.object());
        assertEquals(3, interior.offset());
        assertEquals(0, interior.index());
        assertEquals(Optional.empty(), interior.allocated());
        assertSays(reports.get(3).text(), "entry 0 of a bulk free");
    }

    @ParameterizedTest
    @EnumSource
    void aListenerThatThrowsChangesNothing(MisusePolicy policy) {
        cache = builder(USUAL)
                .onMisuse(policy)
                .onReport(report -> {
                    reports.add(report);
                    throw new StackOverflowError("planted");
                })
                .build();
        long object = cache.allocateAddress();
        memory.spoil(object - 1);
        if (policy == MisusePolicy.THROW) {
            assertThrows(CorruptedObjectException.class, () -> cache.freeAddress(object));
            assertThrows(InvalidFreeException.class, () -> cache.freeAddress(object));
        } else {
            cache.freeAddress(object);
            cache.freeAddress(object);
        }
        assertEquals(2, reports.size());
        assertSays(log.records().getFirst().getMessage(), "the listener threw", "'victim'");
        assertEquals("planted", log.records().getFirst().getThrown().getMessage());
        Healthy.check(cache);
        cache.freeAddress(cache.allocateAddress());
    }

    @Test
    void aListenerMayUseTheCacheAlsoFromAnotherThread() {
        List<Long> lent = new ArrayList<>();
        SlabCache[] self = new SlabCache[1];
        cache = builder(USUAL)
                .onReport(report -> {
                    reports.add(report);
                    lent.add(self[0].allocateAddress());
                    OtherThread.run(() -> lent.add(self[0].allocateAddress()));
                    assertTrue(self[0].validate().isClean());
                })
                .build();
        self[0] = cache;
        long object = cache.allocateAddress();
        memory.spoil(object + SIZE);
        assertThrows(CorruptedObjectException.class, () -> cache.freeAddress(object));
        assertEquals(List.of(), log.records());
        assertEquals(2, lent.size());
        lent.forEach(cache::freeAddress);
    }

    @Test
    void aReportTellsWhatTheKernelWouldTell() {
        open(USUAL);
        long object = cache.allocateAddress();
        cache.segment(object).fill((byte) 7);
        memory.spoil(object + SIZE + 1);
        assertThrows(CorruptedObjectException.class, () -> cache.freeAddress(object));
        MisuseReport report = reports.getFirst();
        assertSays(
                report.text(),
                "cache 'victim': redzone overwritten, past the end: byte at offset 19 of the object at 0x"
                        + Long.toHexString(object) + " is 0x33 instead of 0xcc",
                "object 0 of the slab at 0x" + Long.toHexString(report.slab()),
                "16: 07 07 cc 33 cc",
                "\nallocated at ",
                "\nfreed at ",
                "by thread '" + Thread.currentThread().getName() + "'",
                "\n    at " + ReportTest.class.getName(),
                "the redzone was restored and the object quarantined");
    }

    @Test
    void waysToDebugAreReplacedByLaterOnes() {
        cache = builder(USUAL).debug(Debug.TRACKING).debug().build();
        cache.freeAddress(cache.allocateAddress());
        assertEquals(1, cache.stats().threadCaches());
        assertThrows(NullPointerException.class, () -> builder((Debug) null));
        assertThrows(NullPointerException.class, () -> builder().onReport(null));
    }
}

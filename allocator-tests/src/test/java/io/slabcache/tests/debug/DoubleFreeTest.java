package io.slabcache.tests.debug;

import static io.slabcache.tests.support.Texts.assertSays;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slabcache.diagnostics.Checks;
import io.slabcache.diagnostics.Debug;
import io.slabcache.diagnostics.InvalidFreeException;
import io.slabcache.diagnostics.MisusePolicy;
import io.slabcache.diagnostics.MisuseReport;
import io.slabcache.diagnostics.MisuseReport.Kind;
import io.slabcache.tests.support.OtherThread;
import java.util.EnumSet;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A debugged cache detects each second free of an object, by any thread and in any form. */
class DoubleFreeTest extends DebugContract {
    private static final int ROUNDS = 1_000;

    @ParameterizedTest
    @MethodSource("io.slabcache.tests.debug.Entry#all")
    void theSecondFreeIsRefused(Entry entry) {
        open(USUAL);
        long object = entry.allocate(cache);
        entry.free(cache, object);
        InvalidFreeException refused = assertThrows(InvalidFreeException.class, () -> entry.free(cache, object));
        assertEquals(InvalidFreeException.Kind.DOUBLE_FREE, refused.kind());
        assertSays(
                refused.getMessage(), "0x" + Long.toHexString(object), "free already", "\nallocated at", "\nfreed at");
        assertEquals(1, cache.stats().frees());

        MisuseReport report = reports.getFirst();
        assertEquals(Kind.DOUBLE_FREE, report.kind());
        assertEquals(object, report.object());
        assertEquals(object, report.address());
        assertEquals(refused.getMessage(), report.text());
        assertBeginsIn(Entry.class, report.freed().orElseThrow().stack());
    }

    @ParameterizedTest
    @EnumSource
    void eachWayToDebugIsEnoughAlsoWithoutChecks(Debug way) {
        cache = builder(way).checks(Checks.NONE).build();
        long object = 0;
        while (object == 0) {
            object = cache.tryAllocateAddress();
        }
        long freed = object;
        cache.freeAddress(freed);
        assertThrows(InvalidFreeException.class, () -> cache.freeAddress(freed));
        assertThrows(InvalidFreeException.class, () -> cache.freeAddress(freed + 1));
        assertThrows(InvalidFreeException.class, () -> cache.freeAddress(64));
        assertThrows(InvalidFreeException.class, () -> cache.freeAddress(0));
        assertThrows(InvalidFreeException.class, () -> cache.free(null));
        assertThrows(
                InvalidFreeException.class,
                () -> cache.free(cache.segment(freed).asSlice(0, 8)));
        assertEquals(
                EnumSet.of(Kind.DOUBLE_FREE, Kind.INTERIOR, Kind.FOREIGN, Kind.NULL, Kind.WRONG_SIZE),
                EnumSet.copyOf(reports.stream().map(MisuseReport::kind).toList()));
        assertEquals(freed, reports.get(1).object());
        assertEquals(1, reports.get(1).offset());
        assertEquals(0, reports.get(2).object());
        assertEquals(-1, reports.get(2).index());
    }

    @Test
    void aWarningIsLoggedOnceButEachReportIsShown() {
        cache = builder(USUAL).onMisuse(MisusePolicy.WARN_ONCE).build();
        long object = cache.allocateAddress();
        cache.freeAddress(object);
        cache.freeAddress(object);
        cache.freeAddress(object);
        assertEquals(1, log.records().size());
        assertEquals(2, reports.size());
    }

    @Test
    void ofTwoFreesAtTheSameMomentExactlyOneSucceeds() {
        open(Debug.SANITY);
        AtomicInteger refused = new AtomicInteger();
        long[] object = {cache.allocateAddress()};
        int[] wrong = {0};
        CyclicBarrier end = new CyclicBarrier(2, () -> {
            wrong[0] += refused.getAndSet(0) == 1 ? 0 : 1;
            object[0] = cache.allocateAddress();
        });
        Thread other = Thread.ofPlatform().start(() -> freeInEachRound(object, refused, end));
        freeInEachRound(object, refused, end);
        OtherThread.run(other::join);
        assertEquals(0, wrong[0]);
        assertEquals(ROUNDS, cache.stats().frees());
        assertEquals(ROUNDS, reports.size());
        assertTrue(reports.stream().allMatch(report -> report.kind() == Kind.DOUBLE_FREE));
        cache.freeAddress(object[0]);
    }

    private void freeInEachRound(long[] object, AtomicInteger refused, CyclicBarrier end) {
        for (int round = 0; round < ROUNDS; round++) {
            try {
                cache.freeAddress(object[0]);
            } catch (InvalidFreeException e) {
                refused.incrementAndGet();
            }
            try {
                end.await();
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        }
    }
}

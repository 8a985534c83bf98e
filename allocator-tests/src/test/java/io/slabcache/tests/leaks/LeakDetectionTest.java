package io.slabcache.tests.leaks;

import static io.slabcache.tests.support.Texts.withoutIds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slabcache.SlabCache;
import io.slabcache.diagnostics.Checks;
import io.slabcache.diagnostics.Debug;
import io.slabcache.diagnostics.LiveObjectsException;
import io.slabcache.diagnostics.MisuseReport;
import io.slabcache.tests.support.Collector;
import io.slabcache.tests.support.Healthy;
import io.slabcache.tests.support.OtherThread;
import java.lang.foreign.MemorySegment;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An object whose segment became unreachable is reported, with the place of its allocation. */
class LeakDetectionTest extends LeakContract {
    private static final String PARANOID = "paranoid,0";
    private static final String EVERY_VISIT = "1/1,0";

    /** More than the magazines of one thread hold. */
    private static final int MANY = 5_000;

    private long leak() {
        return cache.allocate().address();
    }

    @Test
    void aDroppedSegmentIsReported() {
        open(PARANOID);
        long address = leak();
        awaitLeaks(1);
        MisuseReport report = reports.getFirst();
        assertEquals(MisuseReport.Kind.LEAK, report.kind());
        assertEquals("leaky", report.cache());
        assertEquals(address, report.address());
        assertEquals(address, report.object());
        assertEquals(address, report.slab() + report.index() * cache.stats().stride());
        String thread = Thread.currentThread().getName();
        List<String> lines = report.text().lines().toList();
        assertEquals(
                "cache 'leaky': the object at 0x" + Long.toHexString(address) + " has leaked: its segment is"
                        + " unreachable, and it was not freed. If the program keeps the address alone, let it use"
                        + " allocateAddress(). Further leaks from the same place are only counted.",
                withoutIds(lines.get(0)));
        assertTrue(lines.get(1).matches("allocated at \\S+Z by thread '" + thread + "' \\(\\d+\\)"), lines.get(1));
        assertEquals(
                LeakDetectionTest.class.getName(),
                report.allocated().orElseThrow().stack().getFirst().getClassName());
        assertEquals("leak", report.allocated().orElseThrow().stack().getFirst().getMethodName());
        assertEquals(
                List.of(report.text()),
                log.records().stream().map(logged -> logged.getMessage()).toList());
        assertEquals(0, cache.stats().misuses());
        assertEquals(1, cache.stats().liveObjects());
        Healthy.check(cache);
        cache.freeAddress(address);
        Healthy.checkNothingLive(cache);
    }

    @Test
    void aPlaceIsReportedOnceAndItsLeaksAreCounted() {
        open(PARANOID);
        for (int i = 0; i < 7; i++) {
            leak();
        }
        cache.allocate();
        awaitLeaks(8);
        assertEquals(2, reports.size());
        assertEquals(2, log.records().size());
        leak();
        awaitLeaks(9);
        assertEquals(3, reports.size());
    }

    @Test
    void aThreadThatEmptiesMagazinesIsSampled() {
        open(EVERY_VISIT);
        for (int i = 0; i < MANY; i++) {
            leak();
        }
        assertTrue(cache.stats().threadCaches() > 0);
        awaitSomeLeaks();
        assertEquals(1, reports.size());
        assertTrue(cache.stats().leaks() < MANY, cache.stats()::toString);
        assertEquals(
                "leak",
                reports.getFirst().allocated().orElseThrow().stack().getFirst().getMethodName());
    }

    private void awaitSomeLeaks() {
        Collector.collectUntil(() -> {
            cache.shrink();
            return cache.stats().leaks() > 0;
        });
    }

    @Test
    void virtualThreadsAndLockedCachesAreSampledAtEachCall() {
        open(EVERY_VISIT);
        for (int i = 0; i < 3; i++) {
            OtherThread.runVirtual(this::leak);
        }
        awaitLeaks(3);
        cache.closeNow();
        reports.clear();
        cache = builder(EVERY_VISIT, "locked")
                .lockless(false)
                .onReport(reports::add)
                .build();
        leak();
        awaitLeaks(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {PARANOID, EVERY_VISIT})
    void bulkAllocationsAreWatched(String property) {
        open(property);
        MemorySegment[] objects = new MemorySegment[3];
        assertTrue(cache.allocateBulk(objects, 0, 3));
        assertNotSame(objects[0], cache.segment(objects[0].address()));
        assertEquals(property.equals(PARANOID), objects[2] != cache.segment(objects[2].address()));
        cache.freeBulk(objects, 0, 3);
        assertTrue(cache.allocateBulk(objects, 0, 3));
        objects[0] = null;
        awaitLeaks(1);
        cache.free(objects[1]);
        cache.free(objects[2]);
    }

    @Test
    void addressesAreNotWatched() {
        open(PARANOID);
        for (int i = 0; i < 5; i++) {
            cache.allocateAddress();
        }
        assertNoLeak();
        assertEquals(5, cache.stats().liveObjects());
    }

    @ParameterizedTest
    @ValueSource(strings = {PARANOID, EVERY_VISIT})
    void aReachableSegmentIsNoLeak(String property) {
        open(property);
        MemorySegment[] kept = new MemorySegment[100];
        for (int i = 0; i < kept.length; i++) {
            kept[i] = cache.allocate();
        }
        assertNoLeak();
        for (MemorySegment object : kept) {
            object.fill((byte) 1);
            cache.free(object);
        }
        Healthy.checkNothingLive(cache);
    }

    @Test
    void anObjectThatWasFreedAndHasAnotherOwnerIsNoLeak() {
        open(EVERY_VISIT);
        long address = leak();
        cache.freeAddress(address);
        // No watch is on this allocation of the same object.
        assertEquals(address, cache.allocateAddress());
        assertNoLeak();
    }

    @Test
    void debuggedCachesLookForLeaks() {
        cache = builder(EVERY_VISIT, "leaky")
                .debug(Debug.REDZONES)
                .onReport(reports::add)
                .build();
        cache.free(cache.allocate());
        long address = leak();
        assertEquals(address, cache.segment(address).address());
        awaitLeaks(1);
    }

    @Test
    void leakDetectionIsOffByDefault() {
        cache = SlabCache.builder("leaky", SIZE).onReport(reports::add).build();
        MemorySegment object = cache.allocate();
        assertSame(object, cache.segment(object.address()));
        cache.free(object);
        leak();
        assertNoLeak();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1/0",
                "-3",
                "always",
                "0.5",
                "paranoid,soon",
                "1/2,-1",
                "1/64,10000000000",
                "1/64,18446744073709551615",
                "1/18446744073709551615",
                "1/64,31536001"
            })
    void aBadRateIsSaidOnceAndNothingFails(String rate) {
        for (int i = 0; i < 2; i++) {
            builder(rate, "leaky").build().close();
        }
        assertEquals(1, log.records().size());
        String message = log.records().getFirst().getMessage();
        assertTrue(message.startsWith("slabcache.leaks='" + rate + "': the "), message);
        assertTrue(
                message.endsWith("; expected off, paranoid or a rate such as 1/64, and perhaps a comma and seconds of"
                        + " grace; nothing looks for leaks"),
                message);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"off", "", "1/1024", "64", "paranoid", "paranoid,3600", "Paranoid", "OFF", "1/64,31536000", ",7"
            })
    void whateverIsUsualLogsNothing(String property) {
        open(property);
        cache.free(cache.allocate());
        leak();
        assertNoLeak();
        assertEquals(List.of(), log.records());
    }

    @Test
    void uncheckedCachesLogThatTheyCannotDetectLeaks() {
        cache = builder(EVERY_VISIT, "trusting").checks(Checks.NONE).build();
        assertEquals(
                "slabcache.leaks: nothing looks for leaks in cache 'trusting', which has Checks.NONE and so does not"
                        + " know which objects were freed",
                log.records().getFirst().getMessage());
        leak();
        assertNoLeak();
    }

    @Test
    void uncheckedCachesThatAreDebuggedDetectLeaks() {
        cache = builder(PARANOID, "trusting").checks(Checks.NONE).build();
        leak();
        awaitLeaks(1);
    }

    @Test
    void aCloseSaysWhereLiveObjectsAreFrom() {
        open(EVERY_VISIT);
        MemorySegment watched = cache.allocate();
        long other = cache.allocateAddress();
        LiveObjectsException refused = assertThrows(LiveObjectsException.class, cache::close);
        assertEquals(2, refused.liveObjects());
        assertEquals(watched.address(), refused.sampleAddresses()[0]);
        assertEquals(other, refused.sampleAddresses()[1]);
        assertEquals(1, refused.allocTraces().size());
        assertEquals(1, refused.allocTraces().getFirst().count());
        assertTrue(
                refused.getMessage()
                        .contains("\n    at " + LeakDetectionTest.class.getName()
                                + ".aCloseSaysWhereLiveObjectsAreFrom("),
                refused.getMessage());
        cache.free(watched);
        cache.freeAddress(other);
        cache.close();
    }

    @Test
    void theListenerMayCallTheCacheAndThrow() {
        cache = builder(PARANOID, "leaky")
                .onReport(report -> {
                    reports.add(report);
                    cache.free(cache.allocate());
                    throw new IllegalStateException("a listener's own failure");
                })
                .build();
        leak();
        awaitLeaks(1);
        assertEquals(1, reports.size());
        Healthy.check(cache);
    }
}

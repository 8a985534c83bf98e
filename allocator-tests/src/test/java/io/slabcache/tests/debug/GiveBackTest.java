package io.slabcache.tests.debug;

import static io.slabcache.tests.support.Texts.assertSays;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slabcache.SlabCache;
import io.slabcache.diagnostics.Debug;
import io.slabcache.diagnostics.LiveObjectsException;
import io.slabcache.diagnostics.MisusePolicy;
import io.slabcache.diagnostics.MisuseReport;
import io.slabcache.diagnostics.MisuseReport.Kind;
import io.slabcache.tests.support.Memory;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Damage that no call has found is found when memory is given back: no later call could find it. It is reported like
 * any other finding but not thrown, and the memory goes back.
 */
class GiveBackTest extends DebugContract {
    enum Way {
        SHRINK(SlabCache::shrink),
        CLOSE(SlabCache::close),
        CLOSE_NOW(SlabCache::closeNow);

        private final Consumer<SlabCache> call;

        Way(Consumer<SlabCache> call) {
            this.call = call;
        }
    }

    static Stream<Arguments> waysAndPolicies() {
        return Stream.of(Way.values())
                .flatMap(way -> Stream.of(MisusePolicy.values()).map(policy -> Arguments.of(way, policy)));
    }

    private void giveBack(Way way) {
        way.call.accept(cache);
        assertEquals(0, memory.regions());
        assertEquals(0, cache.stats().reservedBytes());
        assertEquals(reports.size(), cache.stats().misuses());
    }

    private void assertReported(MisuseReport report, Kind kind, long object, long offset) {
        assertEquals(kind, report.kind(), report.text());
        assertEquals(object, report.object());
        assertEquals(offset, report.offset());
        assertSays(report.text(), "cache 'victim': ", "offset " + offset + " of", "the memory went back to its source");
    }

    @ParameterizedTest
    @MethodSource("waysAndPolicies")
    void aWriteAfterFreeIsReported(Way way, MisusePolicy policy) {
        cache = builder(USUAL).onMisuse(policy).build();
        long[] objects = new long[3];
        assertTrue(cache.allocateBulk(objects, 0, 3));
        cache.freeBulk(objects, 0, 3);
        long neverAllocated = objects[2] + cache.stats().stride();
        memory.spoil(objects[1] + 5);
        memory.spoil(neverAllocated);
        giveBack(way);
        assertEquals(2, reports.size());
        assertReported(reports.get(0), Kind.USE_AFTER_FREE, objects[1], 5);
        assertSays(reports.get(0).text(), "written after free", "\nallocated at ", "\nfreed at ", "GiveBackTest");
        assertReported(reports.get(1), Kind.USE_AFTER_FREE, neverAllocated, 0);
        assertEquals(policy == MisusePolicy.THROW ? 2 : 1, log.records().size());
        assertSays(log.records().getFirst().getMessage(), "written after free");
    }

    @ParameterizedTest
    @MethodSource("waysAndPolicies")
    void aWriteAroundAFreeObjectIsReported(Way way, MisusePolicy policy) {
        cache = builder(Debug.REDZONES).onMisuse(policy).build();
        long object = cache.allocateAddress();
        cache.freeAddress(object);
        memory.spoil(object - 1);
        memory.spoil(object + SIZE);
        giveBack(way);
        assertEquals(2, reports.size());
        assertReported(reports.get(0), Kind.REDZONE, object, -1);
        assertReported(reports.get(1), Kind.REDZONE, object, SIZE);
    }

    /** Control: without these checks, or without damage, nothing is reported. */
    @ParameterizedTest
    @MethodSource("waysAndPolicies")
    void withoutChecksNothingIsFound(Way way, MisusePolicy policy) {
        cache = builder(Debug.TRACKING, Debug.SANITY).onMisuse(policy).build();
        long object = cache.allocateAddress();
        cache.freeAddress(object);
        memory.spoil(object);
        giveBack(way);
        cache = builder(USUAL).onMisuse(policy).build();
        cache.freeAddress(cache.allocateAddress());
        giveBack(way);
        assertEquals(List.of(), reports);
        assertEquals(List.of(), log.records());
    }

    @Test
    void aForcedCloseChecksAroundLiveObjectsButNotTheirContents() {
        open(USUAL);
        long object = cache.allocateAddress();
        memory.spoil(object);
        memory.spoil(object + SIZE);
        giveBack(Way.CLOSE_NOW);
        assertEquals(1, reports.size());
        assertReported(reports.getFirst(), Kind.REDZONE, object, SIZE);
    }

    @Test
    void memoryThatStaysIsCheckedLater() {
        cache = builder(USUAL).slabBytes(10 * 64).build();
        long live = cache.allocateAddress();
        long free = cache.allocateAddress();
        cache.freeAddress(free);
        memory.spoil(free);
        cache.shrink();
        assertEquals(List.of(), reports);
        assertThrows(LiveObjectsException.class, cache::close);
        assertEquals(List.of(), reports);
        assertFalse(cache.validate().isClean());
        cache.freeAddress(live);
        giveBack(Way.CLOSE);
        assertEquals(1, reports.size());
    }

    @Test
    void everyDamageOfEverySlabIsReportedOnce() {
        cache = builder(Debug.POISON)
                .slabBytes(10 * 24)
                .onMisuse(MisusePolicy.WARN_ONCE)
                .build();
        long[] objects = new long[35];
        assertTrue(cache.allocateBulk(objects, 0, objects.length));
        cache.freeBulk(objects, 0, objects.length);
        for (long object : objects) {
            memory.spoil(object);
        }
        giveBack(Way.SHRINK);
        assertEquals(objects.length, reports.size());
        Set<Long> reported = reports.stream().map(MisuseReport::object).collect(Collectors.toSet());
        assertEquals(objects.length, reported.size());
        assertEquals(1, log.records().size());
    }

    @Test
    void theListenerMayCallTheCacheAndThrow() {
        Memory others = new Memory();
        SlabCache calledBack = SlabCache.builder("victim", SIZE)
                .memory(others)
                .debug(USUAL)
                .onReport(report -> {
                    reports.add(report);
                    SlabCache.builder("another", SIZE).build().close();
                    cache.freeAddress(cache.allocateAddress());
                    throw new IllegalArgumentException("a listener's own failure");
                })
                .build();
        cache = calledBack;
        long object = cache.allocateAddress();
        cache.freeAddress(object);
        others.spoil(object);
        cache.shrink();
        assertEquals(1, reports.size());
        assertEquals(1, others.regions());
    }
}

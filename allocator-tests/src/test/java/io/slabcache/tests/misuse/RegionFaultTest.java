package io.slabcache.tests.misuse;

import static io.slabcache.tests.support.Texts.assertSays;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slabcache.SlabCache;
import io.slabcache.memory.MemoryRegion;
import io.slabcache.memory.MemorySource;
import io.slabcache.tests.support.Healthy;
import io.slabcache.tests.support.LogCapture;
import io.slabcache.tests.support.OtherThread;
import io.slabcache.tests.support.ScriptedSource;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Regions that close, or do not close, together with others, and user code that growth could run unintentionally. */
class RegionFaultTest {
    private static final int SLAB_BYTES = 1024;
    private static final int OBJECTS_PER_SLAB = SLAB_BYTES / 64;

    private final ScriptedSource source = new ScriptedSource();
    private final LogCapture log = new LogCapture();

    @AfterEach
    void stopListening() {
        log.close();
    }

    private static SlabCache cache(MemorySource source) {
        return SlabCache.builder("faulty", 64)
                .slabBytes(SLAB_BYTES)
                .memory(source)
                .build();
    }

    @Test
    void aSecondRegionOfTheArenaOfALiveSlabIsRefusedAndNotClosed() {
        Arena arena = Arena.ofShared();
        try (SlabCache cache = cache((bytes, alignment) -> MemoryRegion.of(arena, arena.allocate(bytes, alignment)))) {
            MemorySegment kept = cache.allocate();
            IllegalStateException refused =
                    assertThrows(IllegalStateException.class, () -> cache.allocateBulk(new long[100], 0, 100));
            assertSays(refused.getMessage(), "ends together with a live slab", "one arena");
            kept.set(ValueLayout.JAVA_LONG, 0, 42);
            cache.free(kept);
            Healthy.checkNothingLive(cache);
        }
        assertTrue(!arena.scope().isAlive(), "closed with the cache");
    }

    @Test
    void oneArenaForRegionsThatEndByThemselvesIsAccepted() {
        try (Arena arena = Arena.ofShared();
                SlabCache cache =
                        cache((bytes, alignment) -> new ScriptedSource.Region(arena.allocate(bytes, alignment)))) {
            long[] objects = new long[100];
            assertTrue(cache.allocateBulk(objects, 0, objects.length));
            cache.freeBulk(objects, 0, objects.length);
        }
    }

    private void nextRegionCannotBeClosed(RuntimeException failure, AtomicInteger attempts) {
        source.next((bytes, alignment) -> new ScriptedSource.Region(
                MemorySource.arena().allocate(bytes, alignment).segment(), () -> {
                    attempts.incrementAndGet();
                    throw failure;
                }));
    }

    @Test
    void aRegionThatCannotBeClosedIsReportedOnceByTheCloseAndStaysReserved() {
        RuntimeException failure = new UnsupportedOperationException("shared arenas cannot be closed here");
        AtomicInteger attempts = new AtomicInteger();
        nextRegionCannotBeClosed(failure, attempts);
        SlabCache cache = cache(source);
        long[] objects = new long[2 * OBJECTS_PER_SLAB];
        assertTrue(cache.allocateBulk(objects, 0, objects.length));
        cache.freeBulk(objects, 0, objects.length);
        IllegalStateException told = assertThrows(IllegalStateException.class, cache::close);
        assertSays(told.getMessage(), "cache closed", "stays reserved", "shared arenas cannot be closed here");
        assertSame(failure, told.getCause());
        assertEquals(1, log.records().size());
        assertSame(failure, log.records().getFirst().getThrown());
        assertEquals(SLAB_BYTES, cache.stats().reservedBytes());
        assertSays(assertThrows(IllegalStateException.class, cache::allocate).getMessage(), "'faulty'", "is closed");
        cache.close();
        cache.closeNow();
        assertEquals(1, attempts.get());
        assertEquals(1, log.records().size());
        assertEquals(SLAB_BYTES, cache.stats().reservedBytes());
        assertEquals(1, source.closed());
    }

    @Test
    void aRegionThatCannotBeClosedIsReportedOnceByTheShrinkAndStaysReserved() {
        RuntimeException failure = new UnsupportedOperationException("not here");
        AtomicInteger attempts = new AtomicInteger();
        nextRegionCannotBeClosed(failure, attempts);
        SlabCache cache = cache(source);
        cache.freeAddress(cache.allocateAddress());
        cache.flush();
        assertSame(failure, assertThrows(UnsupportedOperationException.class, cache::shrink));
        assertEquals(0, cache.stats().slabs());
        assertEquals(SLAB_BYTES, cache.stats().reservedBytes());
        assertEquals(0, cache.shrink());
        cache.close();
        assertEquals(1, attempts.get());
        assertEquals(1, log.records().size());
        assertEquals(SLAB_BYTES, cache.stats().reservedBytes());
    }

    /** A region whose first close throws an error of the JVM, before or after it has ended its memory. */
    private void nextRegionOverflows(boolean endsFirst, AtomicInteger attempts) {
        Arena arena = Arena.ofShared();
        source.next((bytes, alignment) -> new ScriptedSource.Region(arena.allocate(bytes, alignment), () -> {
            boolean isFirst = attempts.incrementAndGet() == 1;
            if (endsFirst || !isFirst) {
                arena.close();
            }
            if (isFirst) {
                throw new StackOverflowError("planted");
            }
        }));
    }

    @Test
    void aRegionWhoseCloseFindsNoStackIsClosedAgainWhileItsMemoryIsThere() {
        AtomicInteger attempts = new AtomicInteger();
        nextRegionOverflows(false, attempts);
        SlabCache cache = cache(source);
        cache.freeAddress(cache.allocateAddress());
        assertThrows(StackOverflowError.class, cache::close);
        assertEquals(SLAB_BYTES, cache.stats().reservedBytes());
        cache.close();
        assertEquals(2, attempts.get());
        assertEquals(0, cache.stats().reservedBytes());
        assertEquals(0, log.records().size());
    }

    @Test
    void aRegionThatEndsItsMemoryAndThenFindsNoStackIsNotClosedAgain() {
        AtomicInteger attempts = new AtomicInteger();
        nextRegionOverflows(true, attempts);
        SlabCache cache = cache(source);
        cache.freeAddress(cache.allocateAddress());
        assertThrows(StackOverflowError.class, cache::close);
        assertEquals(0, cache.stats().reservedBytes());
        assertEquals(1, log.records().size());
        cache.close();
        cache.closeNow();
        assertEquals(1, attempts.get());
    }

    @Test
    void ofARegionThatWasClosedBeforeTheCacheSaysThatItIsGone() {
        Arena arena = Arena.ofShared();
        SlabCache cache = cache((bytes, alignment) -> MemoryRegion.of(arena, arena.allocate(bytes, alignment)));
        cache.freeAddress(cache.allocateAddress());
        arena.close();
        IllegalStateException told = assertThrows(IllegalStateException.class, cache::closeNow);
        assertSays(told.getMessage(), "cache closed", "its memory is gone", "Already closed");
        assertEquals(0, cache.stats().reservedBytes());
        cache.closeNow();
    }

    /** From the start of its close a region belongs to its source, which may give it to another growth at once. */
    @Test
    void memoryThatComesBackWhileAFailedGrowthGivesItBackIsAccepted() {
        try (Arena arena = Arena.ofShared()) {
            MemorySegment memory = arena.allocate(SLAB_BYTES, 4096);
            SlabCache[] cache = new SlabCache[1];
            AtomicInteger constructed = new AtomicInteger();
            long[] second = new long[1];
            MemoryRegion first = new ScriptedSource.Region(
                    memory, () -> OtherThread.run(() -> second[0] = cache[0].allocateAddress()));
            source.next((bytes, alignment) -> first);
            source.next((bytes, alignment) -> new ScriptedSource.Region(memory));
            cache[0] = SlabCache.builder("grows twice", 64)
                    .slabBytes(SLAB_BYTES)
                    .memory(source)
                    .constructor(object -> {
                        if (constructed.getAndIncrement() == 0) {
                            throw new UnsupportedOperationException("the first one");
                        }
                    })
                    .build();
            try (SlabCache grown = cache[0]) {
                Throwable thrown = assertThrows(UnsupportedOperationException.class, grown::allocateAddress);
                assertEquals(0, thrown.getSuppressed().length, () -> "" + thrown.getSuppressed()[0]);
                grown.freeAddress(second[0]);
            }
        }
    }

    /** The code that copies them may wait, and does not know that it runs inside an allocation. */
    @Test
    void growthCopiesNoThreadLocals() {
        AtomicInteger copies = new AtomicInteger();
        InheritableThreadLocal<Object> local = new InheritableThreadLocal<>() {
            @Override
            protected Object childValue(Object parentValue) {
                copies.incrementAndGet();
                return parentValue;
            }
        };
        local.set("of the user's");
        try (SlabCache cache = cache(source)) {
            cache.freeAddress(cache.allocateAddress());
        } finally {
            local.remove();
        }
        assertEquals(1, source.made());
        assertEquals(0, copies.get());
    }
}

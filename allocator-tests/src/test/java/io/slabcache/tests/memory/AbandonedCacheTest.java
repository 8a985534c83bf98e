package io.slabcache.tests.memory;

import static io.slabcache.tests.support.Texts.assertSays;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.slabcache.SlabCache;
import io.slabcache.SlabCacheBuilder;
import io.slabcache.diagnostics.Debug;
import io.slabcache.memory.MemoryRegion;
import io.slabcache.memory.MemorySource;
import io.slabcache.tests.support.Collector;
import io.slabcache.tests.support.LogCapture;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A cache that becomes garbage without a close leaves one line in the log, which says what is lost. */
class AbandonedCacheTest {
    private final LogCapture log = new LogCapture();
    private String title;
    private long bytes;

    @AfterEach
    void stopListening() {
        log.close();
    }

    private static SlabCacheBuilder builder() {
        return SlabCache.builder("abandoned", 64);
    }

    /** Builds a cache and uses it; returns what the caller keeps of it. */
    private <T> T use(SlabCacheBuilder builder, Function<SlabCache, T> keep) {
        SlabCache cache = builder.build();
        cache.freeAddress(cache.allocateAddress());
        title = cache.toString();
        T kept = keep.apply(cache);
        bytes = cache.stats().reservedBytes();
        return kept;
    }

    private void abandon(SlabCacheBuilder builder) {
        use(builder, cache -> null);
    }

    private List<LogRecord> lines() {
        return log.records().stream()
                .filter(logged -> logged.getMessage().contains(title))
                .toList();
    }

    private String awaitLine() {
        Collector.collectUntil(() -> !lines().isEmpty());
        Collector.collectAll(3);
        assertEquals(1, lines().size());
        assertEquals(Level.WARNING, lines().getFirst().getLevel());
        return lines().getFirst().getMessage();
    }

    private void assertNoLine() {
        Collector.collectAll(5);
        assertEquals(List.of(), lines());
    }

    @Test
    void theLineNamesTheCacheAndWhatIsLost() {
        abandon(builder());
        assertSays(
                awaitLine(),
                title + " was not closed, and no code refers to it any more. Its " + bytes
                        + " bytes are not given back, because objects may be in use by their addresses",
                "debug it with U");
    }

    @Test
    void theLineOfATrackedCacheNamesThePlaceOfItsBuild() {
        abandon(builder().debug(Debug.TRACKING));
        assertSays(awaitLine(), "\nbuilt\n    at " + AbandonedCacheTest.class.getName() + ".use(");
    }

    @Test
    void guardedObjectsCount() {
        abandon(builder().guardedSampling(1));
        assertSays(awaitLine(), "Its " + bytes + " bytes");
    }

    /** A region that never closes, as in a native image. */
    private record Stuck(MemorySegment segment) implements MemoryRegion {
        @Override
        public void close() {
            throw new UnsupportedOperationException("planted");
        }
    }

    @Test
    void regionsThatDidNotGoBackCount() {
        use(
                builder()
                        .slabBytes(6400)
                        .memory((size, alignment) -> new Stuck(Arena.ofAuto().allocate(size, alignment))),
                cache -> {
                    cache.flush();
                    assertThrows(UnsupportedOperationException.class, cache::shrink);
                    assertEquals(0, cache.stats().slabs());
                    return null;
                });
        assertEquals(6400, bytes);
        assertSays(awaitLine(), "Its 6400 bytes");
    }

    @Test
    void aClosedCacheLeavesNoLine() {
        use(builder(), cache -> {
            cache.close();
            return null;
        });
        assertNoLine();
        use(builder(), cache -> {
            cache.allocateAddress();
            cache.closeNow();
            return null;
        });
        assertNoLine();
    }

    @Test
    void aCacheWithoutMemoryLeavesNoLine() {
        use(builder(), cache -> {
            cache.flush();
            cache.shrink();
            return null;
        });
        assertEquals(0, bytes);
        assertNoLine();
    }

    @Test
    void aRefusedCloseDoesNotCount() {
        use(builder(), cache -> {
            cache.allocateAddress();
            try {
                cache.close();
            } catch (IllegalStateException e) {
                return null;
            }
            throw new AssertionError("closed");
        });
        awaitLine();
    }

    private void assertKeeps(Function<SlabCache, Object> part) {
        AtomicReference<Object> kept = new AtomicReference<>(use(builder(), part));
        assertNoLine();
        assertNotNull(kept.getAndSet(null));
        awaitLine();
    }

    @Test
    void referencesToItsPartsKeepTheCache() {
        assertKeeps(SlabCache::local);
        assertKeeps(SlabCache::generations);
        assertKeeps(SlabCache::allocateLeased);
    }

    /** For example a pool that counts the reports of its own cache. */
    private void assertAbandoned(UnaryOperator<SlabCacheBuilder> withCallback, AtomicReference<SlabCache> own) {
        use(withCallback.apply(builder()), cache -> {
            own.set(cache);
            return null;
        });
    }

    @Test
    void codeOfTheProgramThatRefersToTheCacheDoesNotKeepIt() {
        listened(new AtomicReference<>());
        awaitLine();
    }

    private void listened(AtomicReference<SlabCache> own) {
        assertAbandoned(builder -> builder.onReport(report -> own.get().stats()), own);
    }

    @Test
    void aConstructorThatRefersToTheCacheDoesNotKeepIt() {
        constructed(new AtomicReference<>());
        awaitLine();
    }

    private void constructed(AtomicReference<SlabCache> own) {
        assertAbandoned(builder -> builder.constructor(object -> own.get()), own);
    }

    @Test
    void regionsThatReferToTheCacheDoNotKeepIt() {
        sourced(new AtomicReference<>());
        awaitLine();
    }

    private void sourced(AtomicReference<SlabCache> own) {
        MemorySource source = (bytes, alignment) -> {
            MemoryRegion region = MemorySource.arena().allocate(bytes, alignment);
            return new MemoryRegion() {
                @Override
                public MemorySegment segment() {
                    return own.get() == null ? region.segment() : region.segment();
                }

                @Override
                public void close() {
                    region.close();
                }
            };
        };
        assertAbandoned(builder -> builder.memory(source), own);
    }

    @Test
    void objectsStayUsable() {
        MemorySegment object = use(builder(), cache -> cache.allocate().fill((byte) 7));
        awaitLine();
        assertEquals((byte) 7, object.get(ValueLayout.JAVA_BYTE, 63));
        object.fill((byte) 8);
        assertEquals((byte) 8, object.get(ValueLayout.JAVA_BYTE, 0));
    }
}

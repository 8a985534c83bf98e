package io.slabcache.tests.misuse;

import static io.slabcache.tests.support.Texts.assertSays;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slabcache.SlabCache;
import io.slabcache.SlabCacheBuilder;
import io.slabcache.diagnostics.CacheExhaustedException;
import io.slabcache.diagnostics.CorruptedObjectException;
import io.slabcache.diagnostics.Debug;
import io.slabcache.diagnostics.InvalidFreeException;
import io.slabcache.diagnostics.LiveObjectsException;
import io.slabcache.diagnostics.MisuseReport;
import io.slabcache.tests.support.Memory;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Statistics, reports and messages distinguish two caches with the same name. */
class SameNameTest {
    private final List<MisuseReport> reports = new ArrayList<>();
    private final Memory memory = new Memory();
    private final SlabCache first = twin().build();
    private final SlabCache second = twin().build();

    private SlabCacheBuilder twin() {
        return SlabCache.builder("twin", 64).maxObjects(8).memory(memory).onReport(reports::add);
    }

    @AfterEach
    void close() {
        first.closeNow();
        second.closeNow();
    }

    private static String title(SlabCache cache) {
        return "cache 'twin' (#" + cache.id() + ")";
    }

    @Test
    void eachHasANumberOfItsOwn() {
        assertTrue(first.id() >= 1);
        assertTrue(second.id() > first.id());
        assertEquals(first.id(), first.stats().id());
        assertEquals(second.id(), second.stats().id());
        assertEquals(title(first), first.toString());
        assertEquals(title(second), second.toString());
    }

    @Test
    void aBuilderGivesEachCacheItsOwn() {
        SlabCacheBuilder builder = twin();
        try (SlabCache one = builder.build();
                SlabCache other = builder.build()) {
            assertNotEquals(one.id(), other.id());
        }
    }

    @Test
    void aFreeToTheWrongCacheNamesBoth() {
        long object = first.allocateAddress();
        InvalidFreeException refused = assertThrows(InvalidFreeException.class, () -> second.freeAddress(object));
        assertEquals(InvalidFreeException.Kind.WRONG_CACHE, refused.kind());
        assertSays(refused.getMessage(), "to " + title(second), "belongs to " + title(first));
        assertEquals(second.id(), reports.getLast().cacheId());
        assertEquals("twin", reports.getLast().cache());
    }

    @Test
    void otherRefusalsNameBothCaches() {
        long object = second.allocateAddress();
        assertSays(assertThrows(LiveObjectsException.class, second::close).getMessage(), title(second));
        second.freeAddress(object);
        second.freeAddress(second.allocateAddress());
        assertSays(
                assertThrows(InvalidFreeException.class, () -> second.freeAddress(object))
                        .getMessage(),
                title(second));
        assertEquals(second.id(), reports.getLast().cacheId());
        for (int i = 0; i < 8; i++) {
            second.allocateAddress();
        }
        assertSays(assertThrows(CacheExhaustedException.class, second::allocate).getMessage(), title(second));
        second.closeNow();
        assertSays(assertThrows(IllegalStateException.class, second::allocate).getMessage(), title(second));
    }

    @Test
    void reportsOfDebuggedAndGuardedObjectsNameTheCache() {
        for (SlabCacheBuilder builder : List.of(twin().debug(Debug.REDZONES), twin().guardedSampling(1))) {
            try (SlabCache cache = builder.build()) {
                long object = cache.allocateAddress();
                memory.spoil(object + 64);
                CorruptedObjectException thrown =
                        assertThrows(CorruptedObjectException.class, () -> cache.freeAddress(object));
                assertSays(thrown.getMessage(), title(cache));
                assertEquals(cache.id(), reports.getLast().cacheId());
            }
        }
    }
}

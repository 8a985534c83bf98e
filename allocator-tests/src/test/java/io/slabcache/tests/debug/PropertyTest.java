package io.slabcache.tests.debug;

import static io.slabcache.tests.support.Texts.assertSays;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slabcache.SlabCache;
import io.slabcache.diagnostics.CorruptedObjectException;
import io.slabcache.diagnostics.Debug;
import io.slabcache.tests.support.ChildJvm;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Properties debug caches without a change of code, and no value prevents a cache from being built. */
class PropertyTest extends DebugContract {
    private static final String DEBUG = "slabcache.debug";
    private static final String FAULTS = "slabcache.debug.faults";

    @AfterEach
    void forget() {
        System.clearProperty(DEBUG);
        System.clearProperty(FAULTS);
    }

    private static boolean isDebugged(String name) {
        try (SlabCache cache = SlabCache.builder(name, SIZE).build()) {
            cache.freeAddress(cache.allocateAddress());
            return cache.stats().threadCaches() == 0;
        }
    }

    @Test
    void theCachesThatItNamesAreDebugged() {
        System.setProperty(DEBUG, "FZPU,packets*,orders");
        assertTrue(isDebugged("packets"));
        assertTrue(isDebugged("packets-rx"));
        assertTrue(isDebugged("orders"));
        assertEquals(false, isDebugged("events"));
        System.setProperty(DEBUG, "U;-,packets*");
        assertEquals(false, isDebugged("packets"));
        assertTrue(isDebugged("events"));
        assertEquals(0, log.records().size());
    }

    @Test
    void itAddsToWhatTheBuilderAsksFor() {
        System.setProperty(DEBUG, "Z,victim");
        open(Debug.TRACKING);
        long object = cache.allocateAddress();
        memory.spoil(object + SIZE);
        CorruptedObjectException thrown = assertThrows(CorruptedObjectException.class, () -> cache.freeAddress(object));
        assertSays(thrown.getMessage(), "\nallocated at");
    }

    @Test
    void whatIsWrongWithItIsSaidOnce() {
        System.setProperty(DEBUG, "QZ,misspelt");
        for (int i = 0; i < 3; i++) {
            assertTrue(isDebugged("misspelt"));
        }
        assertEquals(1, log.records().size());
        assertSays(log.records().getFirst().getMessage(), "slabcache.debug='QZ,misspelt': ", "no letter 'Q'", "FZPUTA");
    }

    @Test
    void lettersMayBeSmall() {
        System.setProperty(DEBUG, "fzpu,packets*");
        assertTrue(isDebugged("packets"));
        assertEquals(false, isDebugged("events"));
        assertEquals(List.of(), log.records());
    }

    /** Otherwise a name in the place of the letters would debug all caches, in the ways for which its letters stand. */
    @Test
    void aNameWithoutItsCommaDebugsNothing() {
        System.setProperty(DEBUG, "packets");
        assertEquals(false, isDebugged("packets"));
        assertEquals(false, isDebugged("events"));
        assertEquals(1, log.records().size());
        assertSays(log.records().getFirst().getMessage(), "is 'packets' a name without the comma before it?");
    }

    @Test
    void failuresAreOrderedByIt() {
        System.setProperty(DEBUG, "A,victim");
        System.setProperty(FAULTS, "interval=3,seed=42");
        open();
        long first = cache.tryAllocateAddress();
        long second = cache.tryAllocateAddress();
        assertEquals(0, cache.tryAllocateAddress());
        cache.freeAddress(first);
        cache.freeAddress(second);
    }

    @Test
    void aBadOrderOfFailuresIsSaidOnceAndNothingFails() {
        System.setProperty(DEBUG, "A,victim");
        System.setProperty(FAULTS, "rate=often");
        for (int i = 0; i < 2; i++) {
            try (SlabCache cache = builder().build()) {
                cache.freeAddress(cache.allocateAddress());
            }
        }
        assertEquals(1, log.records().size());
        assertSays(
                log.records().getFirst().getMessage(),
                "slabcache.debug.faults='rate=often'",
                "'often'",
                "no allocation fails");
    }

    @Test
    void theLettersAreThoseOfTheKernel() {
        StringBuilder letters = new StringBuilder();
        for (Debug debug : Debug.values()) {
            letters.append(debug.letter());
        }
        assertEquals("FZPUTA", letters.toString());
    }

    @Test
    void itWorksFromTheCommandLine(@TempDir Path folder) {
        ChildJvm.Result result = ChildJvm.run(
                folder, "-Dslabcache.debug=Z,over*", "-cp", ChildJvm.libraryAndTests(), Overflow.class.getName());
        assertEquals("REDZONE 18", result.output().strip(), result.errors());
        assertEquals(0, result.exitCode(), result.errors());
    }
}

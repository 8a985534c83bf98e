package io.slabcache.internal.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests the edit distance of two words, and the suggestion for a misspelled property. */
class SpellingTest {
    @ParameterizedTest
    @CsvSource({
        "kitten,  sitting, 3",
        "'',      abc,     3",
        "abc,     '',      3",
        "same,    same,    0",
        "ab,      ba,      2",
        "debuf,   debug,   1",
    })
    void distanceIsTheNumberOfChanges(String given, String word, int changes) {
        assertEquals(changes, Spelling.distance(given, word));
    }

    @Test
    void theNearestWordIsSuggested() {
        assertEquals(Optional.of("slabcache.leaks"), Spelling.nearest("slabcache.leak", Property.keys()));
        assertEquals(Optional.of("slabcache.debug"), Spelling.nearest("slabcache.debuf", Property.keys()));
        assertEquals(
                Optional.of("slabcache.debug.faults"),
                Spelling.nearest("slabcache.faults", List.of("slabcache.debug.faults")));
        assertEquals(Optional.of("packets"), Spelling.nearest("packtes", List.of("orders", "packets")));
    }

    @ParameterizedTest
    @CsvSource({"orders, g", "g, orders", "a, b", "packets, orders", "pool-a, orders"})
    void aWordThatIsTooFarIsNotSuggested(String given, String word) {
        assertEquals(Optional.empty(), Spelling.nearest(given, List.of(word)));
    }

    @Test
    void noWordIsSuggestedOfNone() {
        assertEquals(Optional.empty(), Spelling.nearest("orders", List.of()));
    }

    @Test
    void aLongWordIsNotNearAShortOne() {
        assertEquals(Optional.empty(), Spelling.nearest("x".repeat(1_000_000), List.of("short")));
    }

    @Test
    void longWordsAreTruncated() {
        assertEquals(100, Spelling.distance("x".repeat(1_000_000), "short"));
    }
}

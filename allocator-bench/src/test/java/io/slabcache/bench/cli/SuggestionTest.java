package io.slabcache.bench.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A misspelled name leads to the right suggestion, and a name that resembles none leads to no suggestion. */
class SuggestionTest {

    private static final List<String> NAMES =
            List.of("limit", "jemalloc", "malloc", "netty-adaptive", "netty-pooled", "slabcache-address");

    @ParameterizedTest
    @CsvSource({
        "netti,netty-adaptive",
        "netty,netty-adaptive",
        "netty-poled,netty-pooled",
        "maloc,malloc",
        "jmalloc,jemalloc",
        "LIMIT,limit",
        "slabcache-adress,slabcache-address",
    })
    void suggestsTheNearestName(String given, String meant) {
        assertEquals(Optional.of(meant), Suggestion.nearest(given, NAMES));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "tcache", "hoard"})
    void suggestsNothingForADistantName(String given) {
        assertEquals(Optional.empty(), Suggestion.nearest(given, NAMES));
    }

    @Test
    void suggestsNothingWithoutNames() {
        assertEquals(Optional.empty(), Suggestion.nearest("x", List.of()));
    }
}

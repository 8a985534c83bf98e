package io.slabcache.internal.util;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/** Text from outside is quoted in the log on one line and with a limited length. */
class LogTest {
    @Test
    void aQuoteIsOneLine() {
        assertEquals("'a?b?c'", Log.quote("a\nb\rc"));
    }

    @Test
    void aQuoteIsShort() {
        assertEquals("'" + "x".repeat(200) + "…'", Log.quote("x".repeat(1_000_000)));
        assertEquals("'" + "x".repeat(200) + "'", Log.quote("x".repeat(200)));
    }
}

package io.slabcache.internal.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A sampling rate is parsed from text. Its hits are proportional to the events that have passed, within a statistical
 * bound.
 */
class SamplingRateTest {
    private static final int QUESTIONS = 100_000;

    @ParameterizedTest
    @ValueSource(strings = {"1/64", "64", " 64 "})
    void isReadAsAFractionOrANumber(String text) {
        assertEquals(new SamplingRate(64), SamplingRate.parse(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "2/64", "0", "1/-1", "often"})
    void invalidTextIsRefused(String text) {
        assertThrows(IllegalArgumentException.class, () -> SamplingRate.parse(text));
    }

    @Test
    void aRateOfOneInOneAlwaysHits() {
        for (int i = 0; i < QUESTIONS; i++) {
            assertTrue(new SamplingRate(1).hits(1));
        }
    }

    /** Ten standard deviations: a correct rate practically never fails this test by chance. */
    @ParameterizedTest
    @ValueSource(longs = {2, 10, 1000})
    void hitsAreProportionalToTheNumberOfEvents(long oneIn) {
        for (long events = 1; events < oneIn; events *= 7) {
            double expected = (double) QUESTIONS * events / oneIn;
            assertEquals(expected, hits(new SamplingRate(oneIn), events), 10 * Math.sqrt(expected));
        }
        assertEquals(QUESTIONS, hits(new SamplingRate(oneIn), oneIn));
    }

    private static int hits(SamplingRate rate, long events) {
        int hits = 0;
        for (int i = 0; i < QUESTIONS; i++) {
            hits += rate.hits(events) ? 1 : 0;
        }
        return hits;
    }
}

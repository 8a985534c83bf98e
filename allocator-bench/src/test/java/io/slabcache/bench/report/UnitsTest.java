package io.slabcache.bench.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Times are short, and rounded once. */
class UnitsTest {

    @ParameterizedTest
    @CsvSource({
        "0, 0 ns",
        "40, 40 ns",
        "999.4, 999 ns",
        "999.6, 1.0 us",
        "4100, 4.1 us",
        "9949, 9.9 us",
        "9951, 10 us",
        "164000000, 164 ms",
        "999600000, 1.0 s",
        "3900000000, 3.9 s",
        "2000000000000, 2000 s",
    })
    void chooseTheUnitThatMakesThemShort(double nanos, String text) {
        assertEquals(text, Units.time(nanos));
    }
}

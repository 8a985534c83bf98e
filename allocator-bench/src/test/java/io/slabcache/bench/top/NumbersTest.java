package io.slabcache.bench.top;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Numbers have few characters, whatever their size. */
class NumbersTest {
    @ParameterizedTest
    @CsvSource({"0, 0", "99999, 99999", "100000, 100k", "1234567, 1.23M", "999999, 1.00M", "12345678901, 12.3G"})
    void countsAreShort(double number, String text) {
        assertEquals(text, Numbers.count(number));
    }

    @ParameterizedTest
    @CsvSource({"0, 0B", "1023, 1023B", "1024, 1.00K", "65536, 64.0K", "1048575, 1.00M", "5368709120, 5.00G"})
    void bytesAreShort(double bytes, String text) {
        assertEquals(text, Numbers.bytes(bytes));
    }

    @ParameterizedTest
    @CsvSource({"0, 0ns", "999, 999ns", "1000, 1.00us", "12345, 12.3us", "4500000, 4.50ms", "1.2e9, 1.20s"})
    void timesAreShort(double nanos, String text) {
        assertEquals(text, Numbers.nanos(nanos));
    }

    @Test
    void noNumberIsWiderThanItsColumn() {
        for (double number = 1; number < Long.MAX_VALUE; number *= 1.07) {
            String count = Numbers.count(number);
            assertTrue(count.length() <= 6, count);
            String bytes = Numbers.bytes(number);
            assertTrue(bytes.length() <= 6, bytes);
        }
    }
}

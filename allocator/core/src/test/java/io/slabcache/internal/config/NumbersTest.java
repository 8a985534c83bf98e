package io.slabcache.internal.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Numbers in properties are parsed and limited to a range. A refusal names what was given and what was expected. */
class NumbersTest {
    @Test
    void theRangeIncludesItsEnds() {
        assertEquals(2, Numbers.parse(" 2 ", "it", 2, 5));
        assertEquals(5, Numbers.parse("5", "it", 2, 5));
    }

    @ParameterizedTest
    @CsvSource({"2048, 2048", "2k, 2048", "' 3M ', 3145728", "1g, 1073741824", "8589934591G, 9223372035781033984"})
    void bytesMayHaveAUnit(String text, long bytes) {
        assertEquals(bytes, Numbers.parseBytes(text, "it", 2048));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            2047         | it is 2047, not in 2048 to 9223372036854775807
            1k           | it is 1, not in 2 to 9007199254740991
            0m           | it is 0, not in 1 to 8796093022207
            8589934592g  | it is 8589934592, not in 1 to 8589934591
            -1g          | it is -1, not in 1 to 8589934591
            k            | it is '', which is not a 64-bit number
            5t           | it is '5t', which is not a 64-bit number
            ''           | it is '', which is not a 64-bit number
            """)
    void otherBytesAreRefused(String text, String message) {
        IllegalArgumentException refused =
                assertThrows(IllegalArgumentException.class, () -> Numbers.parseBytes(text, "it", 2048));
        assertEquals(message, refused.getMessage());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            1                    | it is 1, not in 2 to 5
            6                    | it is 6, not in 2 to 5
            -3                   | it is -3, not in 2 to 5
            18446744073709551615 | it is '18446744073709551615', which is not a 64-bit number
            3.5                  | it is '3.5', which is not a 64-bit number
            ''                   | it is '', which is not a 64-bit number
            """)
    void otherTextIsRefusedAndQuotedInTheMessage(String text, String message) {
        IllegalArgumentException refused =
                assertThrows(IllegalArgumentException.class, () -> Numbers.parse(text, "it", 2, 5));
        assertEquals(message, refused.getMessage());
    }
}

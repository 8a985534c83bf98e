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

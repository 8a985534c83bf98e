package io.slabcache.bench.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Versions of Java, old and new ways of writing, are compared by their feature number. */
class JavaVersionTest {

    @ParameterizedTest
    @CsvSource({"1.8.0_412,false", "11.0.2,false", "17,false", "21.0.5,false", "22,true", "22.0.1,true", "26-ea,true"})
    void isEnoughFrom22(String text, boolean enough) {
        assertEquals(enough, JavaVersion.of(text).isEnough());
    }

    @ParameterizedTest
    @CsvSource({"1.8.0_412,9", "9,10.0.1", "22,25.0.3", "'',8"})
    void isOrderedByTheFeatureNumber(String older, String newer) {
        assertTrue(JavaVersion.of(older).compareTo(JavaVersion.of(newer)) < 0);
    }
}

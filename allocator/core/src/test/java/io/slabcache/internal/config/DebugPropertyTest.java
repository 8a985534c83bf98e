package io.slabcache.internal.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Tests which letters of {@code slabcache.debug} apply to a cache with a given name. Parts that are not understood are
 * left out, and each is reported as a mistake.
 */
class DebugPropertyTest {
    private static final String KNOWN = "FZPUTA";

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            FZPU                       | packets | FZPU
            ""                         | packets | FZPU
            " "                        | packets | FZPU
            A                          | packets | A
            -                          | packets | ""
            FZ,packets                 | packets | FZ
            FZ,packets                 | orders  | ""
            ",packets"                 | packets | FZPU
            ",packets"                 | orders  | ""
            "FZPU,packets*,orders"     | packets-rx | FZPU
            "FZPU,packets*,orders"     | packets | FZPU
            "FZPU,packets*,orders"     | orders  | FZPU
            "FZPU,packets*,orders"     | orders2 | ""
            "FZ;-,zs_*"                | zs_page | ""
            "FZ;-,zs_*"                | packets | FZ
            "-,zs_*;FZ"                | zs_page | ""
            "F,a*;Z,ab"                | ab      | F
            "Z,ab;F,a*"                | ab      | Z
            "Z,ab;F,a*"                | ac      | F
            "U,p?ck*"                  | packets | U
            "U,p?ck*"                  | pckets  | ""
            "U,*s"                     | packets | U
            "U,a.c"                    | abc     | ""
            "U, packets , orders "     | orders  | U
            " FZ ; U , orders"         | orders  | U
            " FZ ; U , orders"         | others  | FZ
            "F;"                       | packets | F
            "F;Z"                      | packets | F
            fzpu                       | packets | FZPU
            "fZ,packets"               | packets | FZ
            FFZF                       | packets | FZ
            """)
    void aCacheGetsTheLettersOfItsBlock(String text, String cache, String letters) {
        DebugProperty property = new DebugProperty(text, KNOWN);
        assertEquals(letters, property.letters(cache));
        assertEquals(List.of(), property.mistakes());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            "FXZ,packets"  | packets | FZ | no letter 'X'
            "FXyX,packets" | packets | F  | no letter 'XY'
            FXZ            | packets | "" | no letter 'X', is 'FXZ' a name without the comma before it?
            packets        | packets | "" | no letter 'CKES', is 'packets' a name without the comma before it?
            "packets;U"    | packets | U  | no letter 'CKES', is 'packets' a name without the comma before it?
            F-             | packets | "" | no letter '-', is 'F-' a name without the comma before it?
            "F,,packets"   | packets | F  | a comma without the name of a cache
            "F,,packets"   | orders  | "" | a comma without the name of a cache
            "F,"           | packets | "" | a comma without the name of a cache
            """)
    void anInvalidPartIsIgnoredAndReported(String text, String cache, String letters, String mistake) {
        DebugProperty property = new DebugProperty(text, KNOWN);
        assertEquals(letters, property.letters(cache));
        assertEquals(List.of(mistake), property.mistakes());
    }

    @Test
    void eachMistakeIsReported() {
        assertEquals(3, new DebugProperty("FQ,;R", KNOWN).mistakes().size());
    }
}

package io.slabcache.bench.top;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Queue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What terminals send for a key is read as one key. */
class KeyTest {
    @ParameterizedTest
    @CsvSource({
        "[A, UP",
        "OA, UP",
        "[B, DOWN",
        "[C, RIGHT",
        "OD, LEFT",
        "[5~, PAGE_UP",
        "[6~, PAGE_DOWN",
        "[15~, NONE",
        "[1;5A, UP",
        "[Z, NONE",
        "x, ESCAPE"
    })
    void sequencesAreOneKey(String rest, Key.Kind kind) throws IOException {
        assertEquals(kind, read("\u001b" + rest));
    }

    @ParameterizedTest
    @CsvSource({"27, ESCAPE", "13, ENTER", "10, ENTER", "127, BACKSPACE", "8, BACKSPACE", "3, END", "4, END", "1, NONE"
    })
    void charactersAreKeys(int character, Key.Kind kind) throws IOException {
        assertEquals(kind, read(Character.toString(character)));
    }

    @Test
    void lettersAndSilenceAreTold() throws IOException {
        assertEquals(Key.of('ä'), Key.read(millis -> 'ä', 1));
        assertEquals(Key.Kind.NONE, read(""));
        assertEquals(Key.Kind.END, Key.read(millis -> -1, 1).kind());
    }

    private static Key.Kind read(String typed) throws IOException {
        Queue<Integer> characters = new ArrayDeque<>(typed.chars().boxed().toList());
        return Key.read(millis -> characters.isEmpty() ? Key.Source.EXPIRED : characters.remove(), 1)
                .kind();
    }
}

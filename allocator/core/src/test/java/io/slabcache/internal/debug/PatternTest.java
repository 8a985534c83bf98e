package io.slabcache.internal.debug;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.function.ToLongFunction;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A changed byte in a filled piece of memory is found wherever it is, by a test of every offset. The test must catch a
 * check that forgets the last byte, and one that compares whole words only.
 */
class PatternTest {
    private final Pattern pattern = new Pattern((byte) 0x6b, (byte) 0xa5);

    /** Returns the offsets at which a changed byte is not found, or is reported at the wrong place. */
    private List<Long> missed(int bytes, ToLongFunction<MemorySegment> check) {
        MemorySegment piece = MemorySegment.ofArray(new byte[bytes]);
        return LongStream.range(0, bytes)
                .filter(offset -> {
                    pattern.fill(piece, piece.address(), piece.byteSize());
                    piece.set(ValueLayout.JAVA_BYTE, offset, (byte) (pattern.expected(piece, offset) ^ 1));
                    return check.applyAsLong(piece) != offset;
                })
                .boxed()
                .toList();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 16, 18, 255, 4095, 4096, 4097, 4098, 8192, 8193})
    void aChangedByteIsFoundWhereverItIs(int bytes) {
        assertEquals(List.of(), missed(bytes, pattern::firstBad));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 16, 4096, 4097, 10_000})
    void anUnchangedPatternPassesTheCheck(int bytes) {
        MemorySegment piece = MemorySegment.ofArray(new byte[bytes]);
        pattern.fill(piece, piece.address(), piece.byteSize());
        assertEquals(-1, pattern.firstBad(piece));
        assertEquals((byte) 0xa5, piece.get(ValueLayout.JAVA_BYTE, bytes - 1));
    }

    @Test
    void theFirstOfSeveralChangedBytesIsFound() {
        MemorySegment piece = MemorySegment.ofArray(new byte[9000]);
        pattern.fill(piece, piece.address(), piece.byteSize());
        piece.set(ValueLayout.JAVA_BYTE, 8999, (byte) 0);
        piece.set(ValueLayout.JAVA_BYTE, 5000, (byte) 0);
        assertEquals(5000, pattern.firstBad(piece));
    }

    @Test
    void aCheckThatForgetsTheLastByteIsCaught() {
        Pattern uniform = new Pattern((byte) 0x6b, (byte) 0x6b);
        assertFalse(missed(16, piece -> uniform.firstBad(piece.asSlice(0, 15))).isEmpty());
    }

    @Test
    void aCheckOfWholeWordsOnlyIsCaught() {
        assertEquals(List.of(16L, 17L), missed(18, piece -> {
            for (int word = 0; word < 2; word++) {
                if (piece.get(ValueLayout.JAVA_LONG_UNALIGNED, word * 8L) != 0x6b6b6b6b6b6b6b6bL) {
                    return pattern.firstBad(piece);
                }
            }
            return -1;
        }));
    }
}

package io.slabcache.internal.debug;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;

/** The contents of memory that must not be written: one byte repeated, and another byte at the end. */
final class Pattern {
    private static final int BLOCK = 4096;

    private final byte filler;
    private final byte last;

    /** Memory is compared with this block by block, which is faster than byte by byte. */
    private final MemorySegment block;

    Pattern(byte filler, byte last) {
        this.filler = filler;
        this.last = last;
        byte[] bytes = new byte[BLOCK];
        Arrays.fill(bytes, filler);
        this.block = MemorySegment.ofArray(bytes);
    }

    /** Fills memory, one byte at least, with the pattern. Allocates nothing, unlike the fill of a slice. */
    void fill(MemorySegment memory, long address, long bytes) {
        long start = address - memory.address();
        long end = start + bytes - 1;
        for (long from = start; from < end; from += BLOCK) {
            MemorySegment.copy(block, 0, memory, from, Math.min(BLOCK, end - from));
        }
        memory.set(ValueLayout.JAVA_BYTE, end, last);
    }

    /** The offset of the first byte that differs from the pattern, or -1. */
    long firstBad(MemorySegment piece) {
        long end = piece.byteSize() - 1;
        for (long from = 0; from < end; from += BLOCK) {
            long length = Math.min(BLOCK, end - from);
            long bad = MemorySegment.mismatch(piece, from, from + length, block, 0, length);
            if (bad >= 0) {
                return from + bad;
            }
        }
        return piece.get(ValueLayout.JAVA_BYTE, end) == last ? -1 : end;
    }

    /** The expected byte at an offset of a piece. */
    byte expected(MemorySegment piece, long offset) {
        return offset == piece.byteSize() - 1 ? last : filler;
    }
}

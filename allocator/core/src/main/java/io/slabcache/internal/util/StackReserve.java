package io.slabcache.internal.util;

/**
 * Throws {@link StackOverflowError} before a step that the error must not interrupt, such as a section under a lock.
 * After a {@linkplain #claim claim}, the caller may make calls that need less stack than the claim has used.
 */
public final class StackReserve {
    /** About 2 KiB when compiled and 4 KiB when interpreted: twice what the deepest section under a lock needs. */
    private static final int FRAMES = 3;

    /** Not constants: a compiler would rematerialize constants after a call instead of keeping them on the stack. */
    private static final long[] NUMBERS = new long[80];

    /**
     * Reserves for rare work, such as reports. It may load and initialize classes, and a class whose initializer
     * overflows the stack stays broken.
     */
    private static final int FIRST_USE = 16;

    private StackReserve() {}

    /** {@link #claim} for code that may run for the first time and is slow anyway. */
    public static void claimForFirstUse() {
        claim(FIRST_USE);
    }

    /**
     * Throws if the stack is too small.
     *
     * @param times number of reserves; each suffices for a short section under a lock
     */
    public static void claim(int times) {
        descend(FRAMES * times, NUMBERS, true);
    }

    /**
     * Claims cheaply, for callers that claim often: a few nanoseconds for each reserve.
     *
     * @param times number of reserves
     * @param whole whether to use the stack and not only to have room for it. Has to be true now and then, because a
     *     compiler removes code that never runs, and the room for it
     */
    public static void claim(int times, boolean whole) {
        descend(FRAMES * times, NUMBERS, whole);
    }

    /**
     * Uses a few large frames, because a processor predicts the returns of only about 32 calls. All frames of a method
     * have one size, so it is enough that the last one keeps eighty numbers across a call, and does so now and then.
     * The method is too long to be inlined into itself, which would remove the calls.
     */
    private static long descend(int frames, long[] n, boolean whole) {
        if (frames > 0) {
            return descend(frames - 1, n, whole) + 1;
        }
        if (!whole || frames < 0) {
            return frames;
        }
        long a0 = n[0], a1 = n[1], a2 = n[2], a3 = n[3], a4 = n[4], a5 = n[5], a6 = n[6], a7 = n[7];
        long b0 = n[8], b1 = n[9], b2 = n[10], b3 = n[11], b4 = n[12], b5 = n[13], b6 = n[14], b7 = n[15];
        long c0 = n[16], c1 = n[17], c2 = n[18], c3 = n[19], c4 = n[20], c5 = n[21], c6 = n[22], c7 = n[23];
        long d0 = n[24], d1 = n[25], d2 = n[26], d3 = n[27], d4 = n[28], d5 = n[29], d6 = n[30], d7 = n[31];
        long e0 = n[32], e1 = n[33], e2 = n[34], e3 = n[35], e4 = n[36], e5 = n[37], e6 = n[38], e7 = n[39];
        long f0 = n[40], f1 = n[41], f2 = n[42], f3 = n[43], f4 = n[44], f5 = n[45], f6 = n[46], f7 = n[47];
        long g0 = n[48], g1 = n[49], g2 = n[50], g3 = n[51], g4 = n[52], g5 = n[53], g6 = n[54], g7 = n[55];
        long h0 = n[56], h1 = n[57], h2 = n[58], h3 = n[59], h4 = n[60], h5 = n[61], h6 = n[62], h7 = n[63];
        long i0 = n[64], i1 = n[65], i2 = n[66], i3 = n[67], i4 = n[68], i5 = n[69], i6 = n[70], i7 = n[71];
        long j0 = n[72], j1 = n[73], j2 = n[74], j3 = n[75], j4 = n[76], j5 = n[77], j6 = n[78], j7 = n[79];
        long kept = descend(-1, n, true);
        kept = kept ^ a0 ^ a1 ^ a2 ^ a3 ^ a4 ^ a5 ^ a6 ^ a7;
        kept = kept ^ b0 ^ b1 ^ b2 ^ b3 ^ b4 ^ b5 ^ b6 ^ b7;
        kept = kept ^ c0 ^ c1 ^ c2 ^ c3 ^ c4 ^ c5 ^ c6 ^ c7;
        kept = kept ^ d0 ^ d1 ^ d2 ^ d3 ^ d4 ^ d5 ^ d6 ^ d7;
        kept = kept ^ e0 ^ e1 ^ e2 ^ e3 ^ e4 ^ e5 ^ e6 ^ e7;
        kept = kept ^ f0 ^ f1 ^ f2 ^ f3 ^ f4 ^ f5 ^ f6 ^ f7;
        kept = kept ^ g0 ^ g1 ^ g2 ^ g3 ^ g4 ^ g5 ^ g6 ^ g7;
        kept = kept ^ h0 ^ h1 ^ h2 ^ h3 ^ h4 ^ h5 ^ h6 ^ h7;
        kept = kept ^ i0 ^ i1 ^ i2 ^ i3 ^ i4 ^ i5 ^ i6 ^ i7;
        return kept ^ j0 ^ j1 ^ j2 ^ j3 ^ j4 ^ j5 ^ j6 ^ j7;
    }
}

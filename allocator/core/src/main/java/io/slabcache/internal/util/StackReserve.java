package io.slabcache.internal.util;

/**
 * Throws a {@link StackOverflowError} before something is begun that one must not interrupt: a lock taken and not
 * released, a magazine with two owners. Whoever {@linkplain #claim claims} the reserve may then make calls that need
 * less stack than was just used here.
 */
public final class StackReserve {
    /** About 2 KiB when compiled and 4 KiB when interpreted: twice what the deepest section behind a lock needs. */
    private static final int FRAMES = 6;

    /** Read, since a compiler would make constants again after a call instead of keeping them across it. */
    private static final long[] NUMBERS = new long[40];

    /**
     * Reserves for what is seldom done, reports for instance: classes may be loaded and initialized on the way, and one that
     * meets the end of the stack in its initializer is broken for good.
     */
    private static final int FIRST_USE = 16;

    private StackReserve() {}

    /** {@link #claim} at the head of what may be done for the first time, and is slow anyway. */
    public static void claimForFirstUse() {
        claim(FIRST_USE);
    }

    /**
     * Returns if stack is left, at a cost of 20 to 30 ns for the first reserve and about 10 for each further one.
     *
     * @param times how many reserves, each of which suffices for a short section behind a lock
     */
    public static void claim(int times) {
        descend(FRAMES * times, NUMBERS);
    }

    /**
     * Few large frames, because a processor predicts the returns of some 32 calls only. All frames of a method have one
     * size, so it is enough that the last one has forty numbers to keep across a call; and a method as long as this one is
     * not compiled into itself, which would leave no call.
     */
    private static long descend(int frames, long[] n) {
        if (frames > 0) {
            return descend(frames - 1, n) + 1;
        }
        if (frames < 0) {
            return frames;
        }
        long a0 = n[0], a1 = n[1], a2 = n[2], a3 = n[3], a4 = n[4], a5 = n[5], a6 = n[6], a7 = n[7];
        long b0 = n[8], b1 = n[9], b2 = n[10], b3 = n[11], b4 = n[12], b5 = n[13], b6 = n[14], b7 = n[15];
        long c0 = n[16], c1 = n[17], c2 = n[18], c3 = n[19], c4 = n[20], c5 = n[21], c6 = n[22], c7 = n[23];
        long d0 = n[24], d1 = n[25], d2 = n[26], d3 = n[27], d4 = n[28], d5 = n[29], d6 = n[30], d7 = n[31];
        long e0 = n[32], e1 = n[33], e2 = n[34], e3 = n[35], e4 = n[36], e5 = n[37], e6 = n[38], e7 = n[39];
        long kept = descend(-1, n);
        kept = kept ^ a0 ^ a1 ^ a2 ^ a3 ^ a4 ^ a5 ^ a6 ^ a7;
        kept = kept ^ b0 ^ b1 ^ b2 ^ b3 ^ b4 ^ b5 ^ b6 ^ b7;
        kept = kept ^ c0 ^ c1 ^ c2 ^ c3 ^ c4 ^ c5 ^ c6 ^ c7;
        kept = kept ^ d0 ^ d1 ^ d2 ^ d3 ^ d4 ^ d5 ^ d6 ^ d7;
        return kept ^ e0 ^ e1 ^ e2 ^ e3 ^ e4 ^ e5 ^ e6 ^ e7;
    }
}

package io.slabcache.internal.util;

/**
 * Throws a {@link StackOverflowError} before something is begun that one must not interrupt: a lock taken and not
 * released, a magazine with two owners. Whoever {@linkplain #claim claims} the reserve may then make calls that need
 * less stack than was just used here.
 */
public final class StackReserve {
    /** About 1.2 KiB when compiled and 4 KiB when interpreted: twice what the deepest section behind a lock needs. */
    private static final int FRAMES = 20;

    private StackReserve() {}

    /**
     * Returns if stack is left, at a cost of 20 to 30 ns for each reserve.
     *
     * @param times how many reserves, each of which suffices for a short section behind a lock
     */
    public static void claim(int times) {
        descend(FRAMES * times, 1, 2, 3, 4, 5);
    }

    /** The numbers are there to be kept across the call: they make the frame of the compiled method larger. */
    private static long descend(int frames, long a, long b, long c, long d, long e) {
        return frames == 0 ? a : descend(frames - 1, b, c, d, e, a) + (a ^ b ^ c ^ d ^ e);
    }
}

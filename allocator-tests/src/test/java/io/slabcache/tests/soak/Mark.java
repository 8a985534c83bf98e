package io.slabcache.tests.soak;

/**
 * The last writer of an object, and the time of the write; fits into a {@code long} in the object.
 *
 * @param isLive whether the object was in use then, or about to be freed
 * @param thread number of the worker; 0 for a constructor, which belongs to none
 * @param round in which it worked
 * @param step of that round
 */
record Mark(boolean isLive, int thread, int round, int step) {
    /** The mark that constructors write. */
    static final Mark FRESH = new Mark(false, 0, 0, 0);

    private static final int THREAD_BITS = 11;
    private static final int ROUND_BITS = 20;

    /** The lowest bits hold the thread, so that even objects of a few bytes carry it. */
    long packed() {
        return (isLive ? 1 : 0)
                | bits(thread, THREAD_BITS) << 1
                | bits(round, ROUND_BITS) << (1 + THREAD_BITS)
                | (long) step << (1 + THREAD_BITS + ROUND_BITS);
    }

    static Mark unpacked(long packed) {
        return new Mark(
                (packed & 1) != 0,
                (int) bits(packed >>> 1, THREAD_BITS),
                (int) bits(packed >>> (1 + THREAD_BITS), ROUND_BITS),
                (int) (packed >>> (1 + THREAD_BITS + ROUND_BITS)));
    }

    private static long bits(long value, int count) {
        return value & (1L << count) - 1;
    }

    Mark freed() {
        return new Mark(false, thread, round, step);
    }

    @Override
    public String toString() {
        return (isLive ? "used" : "freed") + " by thread " + thread + " in round " + round + ", step " + step;
    }
}

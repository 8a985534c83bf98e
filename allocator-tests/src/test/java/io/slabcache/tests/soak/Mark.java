package io.slabcache.tests.soak;

/**
 * Who wrote the contents of an object, and when; fits into a {@code long} that the contents carry.
 *
 * @param isLive whether the object was in use then, or was about to be freed
 * @param thread number of the worker; 0 for a constructor, which belongs to none
 * @param round in which it worked
 * @param step of that round
 */
record Mark(boolean isLive, int thread, int round, int step) {
    /** What constructors write. */
    static final Mark FRESH = new Mark(false, 0, 0, 0);

    private static final int THREAD_BITS = 11;
    private static final int ROUND_BITS = 20;

    /** The thread is in the lowest bits, so that objects of a few bytes, which have no room for more, carry it. */
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

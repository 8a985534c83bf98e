package io.slabcache.bench.workload;

/** Random numbers of one thread, the same in each run, at the cost of three shifts (Marsaglia's xorshift). */
final class Draws {

    private long state = 0x9E37_79B9_7F4A_7C15L;

    /** Returns a number from 0 up to but not including the bound. */
    int below(int bound) {
        long next = state;
        next ^= next << 13;
        next ^= next >>> 7;
        next ^= next << 17;
        state = next;
        return (int) ((next >>> 32) * bound >>> 32);
    }
}

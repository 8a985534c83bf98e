package io.slabcache.bench.subject;

/**
 * The addresses that one thread collects for a bulk call, or gets from one. The array also holds the count and has
 * padding at both ends, against false sharing.
 */
final class Burst {

    /** The number of addresses that fit. */
    static final int SIZE = 32;

    private static final int PADDING = 16;
    private static final int COUNT = PADDING;

    /** The index of the first address in {@link #array()}. */
    static final int FIRST = COUNT + 1;

    private final long[] array = new long[FIRST + SIZE + PADDING];

    long[] array() {
        return array;
    }

    int count() {
        return (int) array[COUNT];
    }

    /** Call this after a bulk call has filled or emptied the array. */
    void setCount(int count) {
        array[COUNT] = count;
    }

    void add(long address) {
        array[(int) (FIRST + array[COUNT]++)] = address;
    }

    long remove() {
        return array[(int) (FIRST + --array[COUNT])];
    }
}

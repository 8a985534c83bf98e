package io.slabcache.bench.subject;

/**
 * Some addresses that one thread collects for a bulk call, or has from one. The count lies in the array,
 * whose ends are free: what another thread writes must not be on the same lines.
 */
final class Burst {

    /** How many it has room for. */
    static final int SIZE = 32;

    private static final int PADDING = 16;
    private static final int COUNT = PADDING;

    /** Where the first address is in {@link #array()}. */
    static final int FIRST = COUNT + 1;

    private final long[] array = new long[FIRST + SIZE + PADDING];

    long[] array() {
        return array;
    }

    int count() {
        return (int) array[COUNT];
    }

    /** To be called after a bulk call has filled or emptied the array. */
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

package io.slabcache.tests.heap;

/**
 * Fills the heap so that a number of bytes is left, exact where the serial collector allocates without buffers of threads.
 */
final class Ballast {
    /** Two sizes only: each attempt that fails has the whole heap collected, twice. */
    private static final int LARGE = 4096;

    private static final int SMALL = 16;

    /** Bytes of an array without elements. */
    private static final int HEADER = 16;

    private final byte[][] blocks = new byte[1 << 14][];
    private int count;

    /**
     * Fills the heap.
     *
     * @param left bytes that can be allocated afterwards, a multiple of 8: 0, or at least 16
     */
    void fill(int left) {
        byte[] gap = left == 0 ? null : new byte[left - HEADER];
        fillWith(LARGE);
        fillWith(SMALL);
        assert left == 0 || gap != null;
    }

    private void fillWith(int size) {
        try {
            while (true) {
                blocks[count] = new byte[size - HEADER];
                count++;
            }
        } catch (OutOfMemoryError e) {
            // That was the point.
        }
    }

    /** Makes room again. */
    void release() {
        for (int i = 0; i < count; i++) {
            blocks[i] = null;
        }
        count = 0;
    }
}

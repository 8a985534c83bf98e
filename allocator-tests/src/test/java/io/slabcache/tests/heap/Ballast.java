package io.slabcache.tests.heap;

/**
 * Fills the heap so that a given number of bytes is left. Exact with the serial collector and without thread-local
 * allocation buffers.
 */
final class Ballast {
    /** Only two sizes: each attempt that fails collects the whole heap twice. */
    private static final int LARGE = 4096;

    private static final int SMALL = 16;

    /** Bytes of an empty array. */
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
            // Expected: the heap is full.
        }
    }

    /** Frees the ballast. */
    void release() {
        for (int i = 0; i < count; i++) {
            blocks[i] = null;
        }
        count = 0;
    }
}

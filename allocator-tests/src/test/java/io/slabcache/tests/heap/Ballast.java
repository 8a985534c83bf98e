package io.slabcache.tests.heap;

/**
 * Fills the heap so that a number of bytes is left, exact where the serial collector allocates without buffers of threads.
 */
final class Ballast {
    private static final int LARGEST = 1 << 20;
    private static final int SMALLEST = 16;

    /** Bytes of an array without elements. */
    private static final int HEADER = 16;

    private final byte[][] blocks = new byte[1 << 14][];
    private int count;

    /**
     * Fills the heap.
     *
     * @param left bytes that can be allocated afterwards, a multiple of 8 and at least 16
     */
    void fill(int left) {
        byte[] gap = new byte[left - HEADER];
        for (int size = LARGEST; size >= SMALLEST; size = size == 2 * SMALLEST ? SMALLEST : size / 32) {
            fillWith(size);
        }
        assert gap != null;
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

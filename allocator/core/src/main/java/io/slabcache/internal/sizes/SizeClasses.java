package io.slabcache.internal.sizes;

/**
 * The size classes of an allocator. Up to 64 bytes every multiple of 8 from 16 on; then four in each doubling, up to 64
 * KiB: 80, 96, 112, 128, 160, 192, and so on. So at most a fifth of an object is unused from 33 bytes on, and about a
 * twelfth on average. Below, 8 bytes of alignment cost more: an object of 17 bytes leaves 7 of 24 unused.
 *
 * <p>The class of a size is computed without a branch and without a table, because sizes in a program are hard to
 * predict. Numbers 0 and 1 are both the class of 16 bytes.
 */
public final class SizeClasses {
    /** The largest size of a class, in bytes. */
    public static final long LARGEST = 64 << 10;

    /** The largest alignment of a class. One of its objects begins each page. */
    public static final long LARGEST_ALIGNMENT = 4096;

    /** The numbers of classes are below this. */
    public static final int COUNT = number(LARGEST) + 1;

    /** The first of the numbers that all have classes of their own. */
    public static final int FIRST = 1;

    private static final long SMALLEST = 16;

    /** Below twice this, classes lie 8 bytes apart. */
    private static final int LINEAR = 32;

    private static final int LINEAR_BITS = 5;

    private SizeClasses() {}

    /**
     * Returns the class of a size.
     *
     * @param bytes 1 to {@link #LARGEST}
     * @return the number of the smallest class with room
     */
    public static int number(long bytes) {
        int last = (int) bytes - 1;
        int bits = Integer.SIZE - 1 - Integer.numberOfLeadingZeros(last | LINEAR);
        return (bits - LINEAR_BITS) * 4 + (last >>> bits - 2);
    }

    /**
     * Returns whether a class is that of a size.
     *
     * @param bytes anything
     * @param number of a class
     * @return false for a size without a class, and for 0, which no class of its own serves
     */
    static boolean isOf(long bytes, int number) {
        return Long.compareUnsigned(bytes - 1, LARGEST) < 0 && Math.max(number(bytes), FIRST) == number;
    }

    /**
     * Returns the class of a size and an alignment.
     *
     * @param bytes 1 to {@link #LARGEST}
     * @param alignment a power of two up to {@link #LARGEST_ALIGNMENT}
     * @return the number of the smallest class with room, whose objects all have the alignment
     */
    public static int number(long bytes, long alignment) {
        int number = number(Math.max(bytes, alignment));
        while (alignment(number) < alignment) {
            number++;
        }
        return number;
    }

    /**
     * Returns the size of a class.
     *
     * @param number of the class
     * @return bytes of each object
     */
    public static long bytes(int number) {
        int above = Math.max(number - 4, 0);
        long bytes = number < 4 ? number + 1 << 3 : ((above & 3) + 5L) << (above >>> 2) + 3;
        return Math.max(bytes, SMALLEST);
    }

    /**
     * Returns the alignment of a class.
     *
     * @param number of the class
     * @return the largest power of two that divides its size, at most {@link #LARGEST_ALIGNMENT}
     */
    public static long alignment(int number) {
        return Math.min(Long.lowestOneBit(bytes(number)), LARGEST_ALIGNMENT);
    }

    /**
     * Returns the least size in the range of a class.
     *
     * @param number of the class
     * @return 0 for the smallest class, because a segment may have no bytes
     */
    public static long leastBytes(int number) {
        return number <= FIRST ? 0 : bytes(number - 1) + 1;
    }
}

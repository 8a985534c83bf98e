package io.slabcache.memory;

/** Sizes of regions that consist of whole pages. */
final class MemorySizes {
    /** The smallest page of any system; larger ones are multiples of it. */
    static final long PAGE_BYTES = 4096;

    /** Beyond every address space. Keeps sums of sizes within 63 bits. */
    private static final long MAX_BYTES = 1L << 56;

    private MemorySizes() {}

    /** Throws unless a region can be of this size and alignment. */
    static void require(long bytes, long alignment) {
        if (bytes <= 0) {
            throw new IllegalArgumentException("bytes is " + bytes + "; expected more than 0");
        }
        if (Long.bitCount(alignment) != 1 || alignment < 0) {
            throw new IllegalArgumentException("alignment is " + alignment + "; expected a power of two");
        }
        if (bytes > MAX_BYTES || alignment > MAX_BYTES) {
            throw new OutOfMemoryError(
                    "a region of " + bytes + " bytes, aligned to " + alignment + ", is larger than any address space");
        }
    }

    /** Rounds up to a multiple of a power of two. */
    static long roundUp(long bytes, long unit) {
        return bytes + unit - 1 & -unit;
    }

    /** Returns the whole pages that hold an aligned region, wherever the first page is. */
    static long bytesFor(long bytes, long alignment) {
        return roundUp(bytes, PAGE_BYTES) + Math.max(alignment - PAGE_BYTES, 0);
    }
}

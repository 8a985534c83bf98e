package io.slabcache.tests.soak;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * The cookie that fills a whole object: each word is the writer's mark mixed with the word's address. So the same mark
 * looks different elsewhere, and an object of a word or more identifies its writer.
 */
final class Contents {
    private static final ValueLayout.OfLong WORD = ValueLayout.JAVA_LONG_UNALIGNED;

    /** Longer than any object. */
    private static final MemorySegment ZEROS = MemorySegment.ofArray(new byte[2_048]);

    private Contents() {}

    static void fill(MemorySegment object, Mark mark) {
        long packed = mark.packed();
        long words = object.byteSize() & -Long.BYTES;
        for (long place = 0; place < words; place += Long.BYTES) {
            object.set(WORD, place, packed ^ mixed(object, place));
        }
        for (long place = words; place < object.byteSize(); place++) {
            object.set(ValueLayout.JAVA_BYTE, place, tail(object, place, packed));
        }
    }

    /** Fails if the object holds other contents than {@link #fill} wrote. */
    static void check(MemorySegment object, Mark mark) {
        long packed = mark.packed();
        long words = object.byteSize() & -Long.BYTES;
        for (long place = 0; place < words; place += Long.BYTES) {
            require(object, mark, place, object.get(WORD, place) == (packed ^ mixed(object, place)));
        }
        for (long place = words; place < object.byteSize(); place++) {
            require(object, mark, place, object.get(ValueLayout.JAVA_BYTE, place) == tail(object, place, packed));
        }
    }

    /** Fails if a free object is in use, or was written to after its free. */
    static void checkFree(MemorySegment object) {
        if (object.byteSize() >= Long.BYTES) {
            Mark last = writer(object);
            if (last.isLive()) {
                throw new AssertionError(name(object) + " was handed out while it is " + last);
            }
            check(object, last);
        }
    }

    /** Fails unless every byte is zero. */
    static void checkZero(MemorySegment object) {
        long place = object.mismatch(ZEROS);
        if (place < object.byteSize()) {
            throw new AssertionError("byte " + place + " of " + name(object) + " is not zeroed");
        }
    }

    /** Returns the last writer of an object of a word or more, according to its first word. */
    static Mark writer(MemorySegment object) {
        return Mark.unpacked(object.get(WORD, 0) ^ mixed(object, 0));
    }

    static String name(MemorySegment object) {
        return "the object at 0x" + Long.toHexString(object.address()) + " of " + object.byteSize() + " bytes";
    }

    private static void require(MemorySegment object, Mark mark, long place, boolean holds) {
        if (!holds) {
            String now = object.byteSize() < Long.BYTES ? "" : "; its first word says: " + writer(object);
            throw new AssertionError("byte " + place + " or one soon after it in " + name(object)
                    + " was overwritten, which was " + mark + now);
        }
    }

    private static byte tail(MemorySegment object, long place, long packed) {
        int shift = (int) (place & Long.BYTES - 1) * Byte.SIZE;
        return (byte) ((packed ^ mixed(object, place & -Long.BYTES)) >>> shift);
    }

    /** The finalizer of SplitMix64. */
    private static long mixed(MemorySegment object, long place) {
        long z = object.address() + place;
        z = (z ^ z >>> 30) * 0xbf58476d1ce4e5b9L;
        z = (z ^ z >>> 27) * 0x94d049bb133111ebL;
        return z ^ z >>> 31;
    }
}

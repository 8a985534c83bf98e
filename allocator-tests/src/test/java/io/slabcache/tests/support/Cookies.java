package io.slabcache.tests.support;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Contents that identify their object and its owner, in the first and in the last bytes of the object. */
public final class Cookies {
    private static final int BYTES = 8;

    private Cookies() {}

    /** Writes the owner's contents into an object. */
    public static void write(MemorySegment object, long owner) {
        for (int i = 0; i < length(object); i++) {
            long last = object.byteSize() - 1 - i;
            object.set(ValueLayout.JAVA_BYTE, i, cookie(object, owner, i));
            object.set(ValueLayout.JAVA_BYTE, last, cookie(object, owner, last));
        }
    }

    /** Fails if another owner has written into the object since {@link #write}. */
    public static void check(MemorySegment object, long owner) {
        for (int i = 0; i < length(object); i++) {
            check(object, owner, i);
            check(object, owner, object.byteSize() - 1 - i);
        }
    }

    private static int length(MemorySegment object) {
        return (int) Math.min(object.byteSize(), BYTES);
    }

    private static void check(MemorySegment object, long owner, long place) {
        byte expected = cookie(object, owner, place);
        byte found = object.get(ValueLayout.JAVA_BYTE, place);
        if (found != expected) {
            assertEquals(expected, found, "byte " + place + " of " + object + " of owner " + owner);
        }
    }

    /** A finalizer step of SplitMix64: neighbouring places, objects and owners get different bytes. */
    private static byte cookie(MemorySegment object, long owner, long place) {
        long mixed = (object.address() + place) * 0x9e3779b97f4a7c15L ^ owner * 0xbf58476d1ce4e5b9L;
        return (byte) (mixed ^ mixed >>> 29 ^ mixed >>> 53);
    }
}

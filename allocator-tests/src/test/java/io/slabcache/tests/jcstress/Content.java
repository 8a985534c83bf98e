package io.slabcache.tests.jcstress;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** The possible contents of an object, from its first to its last byte. A mixture matches none of them. */
enum Content {
    BEFORE,
    GIVEN,
    RETURNED;

    private static final int WORDS = (int) (Caches.OBJECT_BYTES / Long.BYTES);

    void write(MemorySegment object) {
        for (int i = 0; i < WORDS; i++) {
            object.setAtIndex(ValueLayout.JAVA_LONG, i, word(i));
        }
    }

    /** Reads backwards, so that a half-written object does not match. */
    boolean isIn(MemorySegment object) {
        for (int i = WORDS - 1; i >= 0; i--) {
            if (object.getAtIndex(ValueLayout.JAVA_LONG, i) != word(i)) {
                return false;
            }
        }
        return true;
    }

    private long word(int place) {
        return (ordinal() + 1L) << 32 | place;
    }
}

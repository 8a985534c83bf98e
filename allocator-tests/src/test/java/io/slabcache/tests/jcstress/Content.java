package io.slabcache.tests.jcstress;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** What may be in an object, from its first to its last byte: one of these, or a mixture, which is none of them. */
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

    /** Reads backwards, so that an object that is still being written is not mistaken for a whole one. */
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

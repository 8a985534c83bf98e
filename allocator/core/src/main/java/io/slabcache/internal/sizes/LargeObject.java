package io.slabcache.internal.sizes;

import io.slabcache.diagnostics.ObjectTrack;
import io.slabcache.memory.MemoryRegion;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.jspecify.annotations.Nullable;

/**
 * An object with a region of its own.
 *
 * @param region from the memory source
 * @param memory all of its memory
 * @param segment what the user asked for
 * @param overhead what the region takes besides
 * @param redzone bytes before and behind the segment that must not be written; 0 unless debugged
 * @param track its allocation, if tracked
 * @param leased whether only the end of its arena may free it
 */
record LargeObject(
        MemoryRegion region,
        MemorySegment memory,
        MemorySegment segment,
        long overhead,
        int redzone,
        @Nullable ObjectTrack track,
        boolean leased) {
    private static final byte VALUE = (byte) 0xcc;

    long address() {
        return segment.address();
    }

    long bytes() {
        return segment.byteSize();
    }

    long regionBytes() {
        return memory.byteSize() + overhead;
    }

    /** Whether a segment is a usable one of the whole object. */
    boolean isWhole(MemorySegment other) {
        return other.byteSize() == bytes()
                && !other.isReadOnly()
                && other.scope().isAlive();
    }

    boolean covers(long address) {
        return address - memory.address() >= 0 && address - memory.address() < memory.byteSize();
    }

    void fillRedzones() {
        if (redzone > 0) {
            long start = address() - memory.address();
            memory.asSlice(start - redzone, redzone).fill(VALUE);
            memory.asSlice(start + bytes(), redzone).fill(VALUE);
        }
    }

    /** The address of the first overwritten byte of a redzone, or 0. */
    long firstBad() {
        long start = address() - memory.address();
        for (int i = 0; i < redzone; i++) {
            if (memory.get(ValueLayout.JAVA_BYTE, start - 1 - i) != VALUE) {
                return address() - 1 - i;
            }
            if (memory.get(ValueLayout.JAVA_BYTE, start + bytes() + i) != VALUE) {
                return address() + bytes() + i;
            }
        }
        return 0;
    }
}

package io.slabcache.tests.support;

import io.slabcache.ObjectAllocator;
import java.lang.foreign.MemorySegment;

/** The forms of a free; a bulk also frees a good object in the same call. */
public enum FreeForm {
    SEGMENT {
        @Override
        public void free(ObjectAllocator allocator, MemorySegment good, MemorySegment bad) {
            allocator.free(bad);
        }
    },
    ADDRESS {
        @Override
        public void free(ObjectAllocator allocator, MemorySegment good, MemorySegment bad) {
            allocator.freeAddress(address(bad));
        }
    },
    SEGMENT_BULK {
        @Override
        public void free(ObjectAllocator allocator, MemorySegment good, MemorySegment bad) {
            allocator.freeBulk(new MemorySegment[] {null, good, bad, good}, 1, 3);
        }
    },
    ADDRESS_BULK {
        @Override
        public void free(ObjectAllocator allocator, MemorySegment good, MemorySegment bad) {
            allocator.freeBulk(new long[] {0, good.address(), address(bad), good.address()}, 1, 3);
        }
    };

    /** Frees something that should be refused; a bulk has the good object before it and again behind it. */
    public abstract void free(ObjectAllocator allocator, MemorySegment good, MemorySegment bad);

    public boolean carriesSegments() {
        return this == SEGMENT || this == SEGMENT_BULK;
    }

    public boolean isBulk() {
        return this == SEGMENT_BULK || this == ADDRESS_BULK;
    }

    private static long address(MemorySegment segment) {
        return segment == null ? 0 : segment.address();
    }
}

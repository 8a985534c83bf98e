package io.slabcache.tests.support;

import io.slabcache.ObjectAllocator;
import java.lang.foreign.MemorySegment;

/** The ways to free something, each able to free a good object in the same call if it is a bulk. */
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

    /** Frees what should be refused; a bulk puts a good object before it and the same again behind it. */
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

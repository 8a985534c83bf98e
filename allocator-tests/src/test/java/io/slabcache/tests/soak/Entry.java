package io.slabcache.tests.soak;

import io.slabcache.ObjectAllocator;
import java.lang.foreign.MemorySegment;

/** The calls that allocate one object. */
enum Entry {
    ALLOCATE {
        @Override
        long call(ObjectAllocator door) {
            return door.allocate().address();
        }
    },
    TRY_ALLOCATE {
        @Override
        long call(ObjectAllocator door) {
            return address(door.tryAllocate());
        }
    },
    TRY_ALLOCATE_CACHED {
        @Override
        long call(ObjectAllocator door) {
            return address(door.tryAllocateCached());
        }
    },
    ALLOCATE_ZEROED {
        @Override
        long call(ObjectAllocator door) {
            return door.allocateZeroed().address();
        }
    },
    ALLOCATE_ADDRESS {
        @Override
        long call(ObjectAllocator door) {
            return door.allocateAddress();
        }
    },
    TRY_ALLOCATE_ADDRESS {
        @Override
        long call(ObjectAllocator door) {
            return door.tryAllocateAddress();
        }
    },
    TRY_ALLOCATE_ADDRESS_CACHED {
        @Override
        long call(ObjectAllocator door) {
            return door.tryAllocateAddressCached();
        }
    };

    /** Returns an object, or 0 if the call gave none. */
    abstract long call(ObjectAllocator door);

    /** Returns whether the call may give no object although some are free. */
    boolean givesUpEarly() {
        return this == TRY_ALLOCATE_CACHED || this == TRY_ALLOCATE_ADDRESS_CACHED;
    }

    private static long address(MemorySegment object) {
        return object == null ? 0 : object.address();
    }
}

package io.slabcache.tests.soak;

import io.slabcache.ObjectAllocator;
import io.slabcache.SlabCache;
import java.lang.foreign.MemorySegment;

/**
 * One cache as the workers call it: every call takes or gives addresses. The door is the cache or the worker's own
 * local cache. Known-bad variants override single calls.
 */
class Access {
    final SlabCache cache;

    Access(SlabCache cache) {
        this.cache = cache;
    }

    long allocate(ObjectAllocator door, Entry entry) {
        return entry.call(door);
    }

    boolean allocateBulk(ObjectAllocator door, boolean asSegments, long[] addresses, int count) {
        if (!asSegments) {
            return door.allocateBulk(addresses, 0, count);
        }
        MemorySegment[] objects = new MemorySegment[count];
        boolean all = door.allocateBulk(objects, 0, count);
        for (int i = 0; all && i < count; i++) {
            addresses[i] = objects[i].address();
        }
        return all;
    }

    void free(ObjectAllocator door, boolean asSegment, long address) {
        if (asSegment) {
            door.free(cache.segment(address));
        } else {
            door.freeAddress(address);
        }
    }

    void freeBulk(ObjectAllocator door, boolean asSegments, long[] addresses, int count) {
        if (!asSegments) {
            door.freeBulk(addresses, 0, count);
            return;
        }
        MemorySegment[] objects = new MemorySegment[count];
        for (int i = 0; i < count; i++) {
            objects[i] = cache.segment(addresses[i]);
        }
        door.freeBulk(objects, 0, count);
    }
}

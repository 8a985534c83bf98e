package io.slabcache;

import io.slabcache.internal.magazine.ThreadCache;
import java.lang.foreign.MemorySegment;
import java.util.Objects;

/**
 * Bulk calls: single calls between an array of the caller and a scratch array, which makes them all or nothing and safe
 * from a caller that changes the array meanwhile. They spare the caller the loop, not the cache the work.
 */
final class BulkCalls {
    private final Engine engine;

    BulkCalls(Engine engine) {
        this.engine = engine;
    }

    boolean allocate(ThreadCache cache, long[] addresses, int offset, int count) {
        Objects.checkFromIndexSize(offset, count, addresses.length);
        long[] scratch = cache.borrowScratch(count);
        try {
            if (!allocate(cache, scratch, count)) {
                return false;
            }
            System.arraycopy(scratch, 0, addresses, offset, count);
            return true;
        } finally {
            cache.returnScratch(scratch);
        }
    }

    boolean allocate(ThreadCache cache, MemorySegment[] objects, int offset, int count) {
        Objects.checkFromIndexSize(offset, count, objects.length);
        long[] scratch = cache.borrowScratch(count);
        try {
            if (!allocate(cache, scratch, count)) {
                return false;
            }
            for (int i = 0; i < count; i++) {
                objects[offset + i] = engine.handle(scratch[i]);
            }
            return true;
        } finally {
            cache.returnScratch(scratch);
        }
    }

    private boolean allocate(ThreadCache cache, long[] scratch, int count) {
        if (count > engine.supply.geometry().maxObjects()) {
            engine.exhaustions.increment();
            return false;
        }
        int allocated = 0;
        try {
            while (allocated < count) {
                long address = engine.allocation.tryAllocateAddress(cache);
                if (address == 0) {
                    return false;
                }
                scratch[allocated++] = address;
            }
            return true;
        } finally {
            // Also when the memory source or a constructor threw.
            if (allocated < count) {
                for (int i = 0; i < allocated; i++) {
                    engine.freeing.freeAddress(cache, scratch[i]);
                }
            }
        }
    }

    void free(ThreadCache cache, long[] addresses, int offset, int count) {
        Objects.checkFromIndexSize(offset, count, addresses.length);
        long[] scratch = cache.borrowScratch(count);
        try {
            System.arraycopy(addresses, offset, scratch, 0, count);
            for (int i = 0; engine.checked && i < count; i++) {
                if (!engine.freeing.takeBackChecked(scratch[i])) {
                    refuse(scratch, i, engine.misuse.diagnose(scratch[i]));
                    return;
                }
            }
            pushAll(cache, scratch, count);
        } finally {
            cache.returnScratch(scratch);
        }
    }

    void free(ThreadCache cache, MemorySegment[] objects, int offset, int count) {
        Objects.checkFromIndexSize(offset, count, objects.length);
        long[] scratch = cache.borrowScratch(count);
        try {
            for (int i = 0; i < count; i++) {
                MemorySegment object = objects[offset + i];
                if (object == null || (engine.checked && !engine.freeing.takeBackChecked(object))) {
                    refuse(scratch, i, engine.misuse.diagnose(object));
                    return;
                }
                scratch[i] = object.address();
            }
            pushAll(cache, scratch, count);
        } finally {
            cache.returnScratch(scratch);
        }
    }

    /** The entries before the bad one are live again. */
    private void refuse(long[] scratch, int bad, InvalidFreeException why) {
        for (int i = 0; i < bad; i++) {
            engine.freeing.handOutAgain(scratch[i]);
        }
        engine.misuse.reportEntry(bad, why);
    }

    private void pushAll(ThreadCache cache, long[] addresses, int count) {
        for (int i = 0; i < count; i++) {
            engine.freeing.push(cache, addresses[i]);
        }
    }
}

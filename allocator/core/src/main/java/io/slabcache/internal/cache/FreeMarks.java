package io.slabcache.internal.cache;

import io.slabcache.internal.magazine.ThreadCache;
import io.slabcache.internal.slab.Slab;
import io.slabcache.internal.slab.SlabIndex;
import java.lang.foreign.MemorySegment;

/**
 * Finds the live object that is to be freed and marks it free, in a checked cache. The mark decides between two threads that
 * free one object; the object is in no magazine yet.
 */
final class FreeMarks {
    private final CacheCore core;
    private final SlabIndex index;

    FreeMarks(CacheCore core) {
        this.core = core;
        this.index = core.index;
    }

    /** Marks a live object free; false, and nothing changed, if the address is not that of one. */
    static boolean mark(Slab slab, long address) {
        return slab != null && slab.hasObjectAt(address) && slab.markFree(address);
    }

    /** For a segment: the handle itself, which needs no further check, or an equal view. */
    boolean mark(Slab slab, long address, MemorySegment object) {
        return slab != null
                && slab.hasObjectAt(address)
                && (slab.isHandle(object, address) || isWholeObject(object))
                && slab.markFree(address);
    }

    /** {@link #mark(Slab, long)} also of what was handed out under a generation; the fast paths leave that to this. */
    static boolean markAny(Slab slab, long address) {
        return slab != null && slab.startsAt(address) && slab.markAnyFree(address);
    }

    /** Marks a live object free; false if there is none, which is sure: waits for the end of a close that is being decided. */
    boolean markSurely(long address) {
        return markAny(core.find(address), address);
    }

    /** {@link #markSurely(long)} of a segment. */
    boolean markSurely(MemorySegment object) {
        if (object == null) {
            core.requireOpen();
            return false;
        }
        Slab slab = core.find(object.address());
        return mark(slab, object.address(), object) || isWholeObject(object) && markAny(slab, object.address());
    }

    /** {@link #markSurely(MemorySegment)} after a look where the caller's last object was. */
    boolean markSurely(ThreadCache cache, MemorySegment object) {
        return object != null && mark(cache.slabOf(object.address(), index), object.address(), object)
                || markSurely(object);
    }

    /** Whether it is a segment of a whole object, wherever that is. */
    boolean isOneObject(MemorySegment object) {
        return object != null && isWholeObject(object);
    }

    private boolean isWholeObject(MemorySegment object) {
        return object.isNative()
                && object.byteSize() == core.objectSize()
                && !object.isReadOnly()
                && object.scope().isAlive();
    }

    /** Marks live objects free up to the first address that is not that of one; returns its place, or the count. */
    int markSurely(ThreadCache cache, long[] addresses, int count) {
        int good = markFound(cache, addresses, 0, count);
        boolean known = false;
        try {
            while (good < count && markSurely(addresses[good])) {
                good = markFound(cache, addresses, good + 1, count);
            }
            known = true;
            return good;
        } finally {
            // No stack was left for the wait for the end of a close.
            if (!known) {
                unmark(addresses, good);
            }
        }
    }

    /** A look-up may fail only because a close is being decided. */
    private int markFound(ThreadCache cache, long[] addresses, int from, int count) {
        int i = from;
        while (i < count) {
            Slab slab = cache.slabOf(addresses[i], index);
            int end = slab == null ? i : slab.markFree(addresses, i, count);
            if (end == i) {
                break;
            }
            // After a run of one the next object will not be a neighbour either.
            i = end > i + 1 ? end : index.markFree(addresses, end, count);
        }
        return i;
    }

    /** Marks objects free up to the first segment that is not that of a live one; returns its place, or the count. */
    int markSurely(ThreadCache cache, MemorySegment[] objects, int offset, int count, long[] addresses) {
        int good = markHandles(cache, objects, offset, 0, count, addresses);
        boolean known = false;
        try {
            while (good < count) {
                MemorySegment object = objects[offset + good];
                if (object == null || !markSurely(cache, object)) {
                    break;
                }
                addresses[good] = object.address();
                good = markHandles(cache, objects, offset, good + 1, count, addresses);
            }
            known = true;
            return good;
        } finally {
            // As above.
            if (!known) {
                unmark(addresses, good);
            }
        }
    }

    /** Marks live objects free up to the first segment that needs a closer look; returns its place, or the end. */
    private int markHandles(
            ThreadCache cache, MemorySegment[] objects, int offset, int from, int end, long[] addresses) {
        int i = from;
        while (i < end) {
            MemorySegment object = objects[offset + i];
            Slab slab = object == null ? null : cache.slabOf(object.address(), index);
            int next = slab == null ? i : slab.markFree(objects, offset, i, end, addresses);
            if (next == i) {
                break;
            }
            i = next;
        }
        return i;
    }

    /** Undoes that objects were marked free. */
    void unmark(long[] addresses, int count) {
        for (int i = 0; core.isChecked() && i < count; i++) {
            unmark(addresses[i]);
        }
    }

    /** Undoes that an object was marked free; nothing is left to undo if the cache was closed by force meanwhile. */
    void unmark(long address) {
        Slab slab = index.findHidden(address);
        if (slab != null) {
            slab.unmarkFree(address);
        }
    }
}

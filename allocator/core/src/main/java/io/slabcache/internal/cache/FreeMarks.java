package io.slabcache.internal.cache;

import io.slabcache.internal.magazine.ThreadCache;
import io.slabcache.internal.slab.Generations;
import io.slabcache.internal.slab.Slab;
import io.slabcache.internal.slab.SlabIndex;
import io.slabcache.internal.slab.SlabRuns;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * Finds a live object and marks it free, in a checked cache. The mark decides between two threads that free one object;
 * the object is not yet in a magazine. The {@code Surely} methods wait for a pending close, so a failure is certain.
 */
final class FreeMarks {
    private final CacheCore core;
    private final SlabIndex index;

    FreeMarks(CacheCore core) {
        this.core = core;
        this.index = core.index;
    }

    /** Marks a live object free. Returns false and changes nothing if no live object starts at the address. */
    static boolean mark(@Nullable Slab slab, long address) {
        return slab != null && slab.hasObjectAt(address) && slab.markFree(address);
    }

    /** Marks the object of a segment free: of the handle itself, which needs no further check, or an equal view. */
    boolean mark(@Nullable Slab slab, long address, MemorySegment object) {
        return slab != null
                && slab.hasObjectAt(address)
                && (slab.handleIfCreated(address) == object || isWholeObject(object))
                && slab.markFree(address);
    }

    /** Marks an object of either kind, with or without a generation. Not for the fast paths. */
    static boolean markAny(@Nullable Slab slab, long address) {
        return slab != null
                && slab.startsAt(address)
                && (slab.markFree(address)
                        || Generations.markFree(slab.liveBytes(), slab.generations(), slab.place(address)));
    }

    /** Marks a live object free; false if there is none. */
    boolean markSurely(long address) {
        return markAny(core.find(address), address);
    }

    boolean markSurely(@Nullable MemorySegment object) {
        if (object == null) {
            core.requireOpen();
            return false;
        }
        Slab slab = core.find(object.address());
        return mark(slab, object.address(), object) || isWholeObject(object) && markAny(slab, object.address());
    }

    /** Tries the slab of the caller's last object first. */
    boolean markSurely(ThreadCache cache, @Nullable MemorySegment object) {
        return object != null && mark(cache.slabOf(object.address(), index), object.address(), object)
                || markSurely(object);
    }

    /** Whether this is a segment of a whole object, of any cache. */
    boolean isOneObject(@Nullable MemorySegment object) {
        return object != null && isWholeObject(object);
    }

    private boolean isWholeObject(MemorySegment object) {
        return object.isNative()
                && object.byteSize() == core.objectSize()
                && !object.isReadOnly()
                && object.scope().isAlive();
    }

    /**
     * Marks live objects free up to the first address that is not a live object; returns its position, or the count.
     */
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
            // The stack overflowed, so the marks must be undone.
            if (!known) {
                unmark(addresses, good);
            }
        }
    }

    /** Marks as far as the index finds slabs. It may stop early only because a close is pending. */
    private int markFound(ThreadCache cache, long[] addresses, int from, int count) {
        int i = from;
        while (i < count) {
            Slab slab = cache.slabOf(addresses[i], index);
            int end = slab == null ? i : SlabRuns.markFree(slab, addresses, i, count);
            if (end == i) {
                break;
            }
            // After a run of one, the next object is no neighbour either.
            i = end > i + 1 ? end : index.markFree(addresses, end, count);
        }
        return i;
    }

    /** Marks objects free up to the first segment that is not a live object; returns its position, or the count. */
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
            // The stack overflowed, so the marks must be undone.
            if (!known) {
                unmark(addresses, good);
            }
        }
    }

    /** Marks live objects free up to the first segment that needs a closer look; returns its position, or the end. */
    private int markHandles(
            ThreadCache cache, MemorySegment[] objects, int offset, int from, int end, long[] addresses) {
        int i = from;
        while (i < end) {
            MemorySegment object = objects[offset + i];
            Slab slab = object == null ? null : cache.slabOf(object.address(), index);
            int next = slab == null ? i : SlabRuns.markFree(slab, objects, offset, i, end, addresses);
            if (next == i) {
                break;
            }
            i = next;
        }
        return i;
    }

    /** Marks objects live again. */
    void unmark(long[] addresses, int count) {
        for (int i = 0; core.isChecked() && i < count; i++) {
            unmark(addresses[i]);
        }
    }

    /** Marks an object live again; does nothing if a forced close has removed its slab. */
    void unmark(long address) {
        Slab slab = index.findHidden(address);
        if (slab != null && !Generations.unmarkFree(slab.liveBytes(), slab.generations(), slab.place(address))) {
            slab.markLive(address);
        }
    }
}

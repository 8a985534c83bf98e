package io.slabcache.internal.cache;

import io.slabcache.internal.magazine.ThreadCache;
import io.slabcache.internal.slab.Slab;
import io.slabcache.internal.slab.SlabIndex;
import io.slabcache.internal.slab.SlabRuns;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Bulk calls. They copy runs of addresses between the magazines and a scratch array, and use the single calls only for
 * what a magazine cannot serve. Because of the scratch array a call is all or nothing, even if the caller changes its
 * own array meanwhile.
 */
public final class BulkCalls {
    private final CacheCore core;
    private final SlabIndex index;
    private final AllocationPath allocation;
    private final FreeMarks marks;
    private final FreedObjects freed;
    private final SlowPath slow;
    private final Leaks leaks;
    private final ScratchArrays scratches;

    BulkCalls(CacheCore core, AllocationPath allocation, SlowPath slow, Leaks leaks) {
        this.core = core;
        this.index = core.index;
        this.allocation = allocation;
        this.marks = new FreeMarks(core);
        this.freed = new FreedObjects(core);
        this.slow = slow;
        this.leaks = leaks;
        this.scratches = core.scratches;
    }

    /** Allocates many objects or none. */
    public boolean allocate(ThreadCache cache, long[] addresses, int offset, int count) {
        Objects.checkFromIndexSize(offset, count, addresses.length);
        long[] scratch = scratches.borrow(cache, count);
        try {
            boolean all = allocate(cache, scratch, count);
            if (all) {
                System.arraycopy(scratch, 0, addresses, offset, count);
            }
            return all;
        } finally {
            scratches.giveBack(cache, scratch);
        }
    }

    public boolean allocate(ThreadCache cache, MemorySegment[] objects, int offset, int count) {
        Objects.checkFromIndexSize(offset, count, objects.length);
        long[] scratch = scratches.borrow(cache, count);
        try {
            boolean all = allocate(cache, scratch, count);
            if (all) {
                makeHandles(cache, scratch, objects, offset, count);
            }
            return all;
        } finally {
            scratches.giveBack(cache, scratch);
        }
    }

    private void makeHandles(ThreadCache cache, long[] addresses, MemorySegment[] objects, int offset, int count) {
        try {
            for (int i = 0; i < count; ) {
                Slab slab = cache.slabOf(addresses[i], index);
                if (slab != null) {
                    i = SlabRuns.handles(slab, addresses, i, count, objects, offset);
                } else {
                    objects[offset + i] = slow.segment(addresses[i]);
                    i++;
                }
            }
            leaks.watchSome(objects, offset, count);
        } catch (RuntimeException | Error e) {
            // The heap is full, so a handle could not be made.
            undo(addresses, count);
            throw e;
        }
    }

    private boolean allocate(ThreadCache cache, long[] scratch, int count) {
        core.requireOpen();
        if (count > slow.maxObjects()) {
            core.exhaustions.add();
            return false;
        }
        int allocated = 0;
        try {
            ThreadCache own = cache;
            while (allocated < count) {
                allocated = pop(own, scratch, allocated, count);
                if (allocated < count) {
                    long address = allocation.tryAllocateAddress(own);
                    if (address == 0) {
                        break;
                    }
                    scratch[allocated++] = address;
                    own = registered(own);
                }
            }
        } finally {
            // Runs too when the memory source or a constructor threw.
            if (allocated < count) {
                undo(scratch, allocated);
            }
        }
        return allocated == count;
    }

    /** Returns the thread's own cache, which its first call may have registered just now. */
    private ThreadCache registered(ThreadCache cache) {
        return cache.hasOwner() ? cache : core.current();
    }

    /** Hands out objects of the loaded magazine; returns how many the caller now has. */
    private int pop(ThreadCache cache, long[] scratch, int allocated, int count) {
        int end = allocated + cache.pop(scratch, allocated, count - allocated);
        int live = core.isChecked() ? markLive(cache, scratch, allocated, end) : end;
        // A look-up failed: the cache is closed, or a close is pending and the single call will wait for it.
        while (end > live) {
            cache.unpop(scratch[--end]);
        }
        if (live > allocated && cache.guess() == Slab.NONE) {
            allocation.visit(cache, scratch[allocated]);
        }
        return live;
    }

    /** Returns the position of the first object whose slab is not found, or the end. */
    private int markLive(ThreadCache cache, long[] scratch, int from, int end) {
        int i = from;
        while (i < end) {
            Slab slab = cache.slabOf(scratch[i], index);
            if (slab == null) {
                break;
            }
            int next = SlabRuns.markLive(slab, scratch, i, end);
            // As in FreeMarks: after a run of one, the next object is no neighbour either.
            i = next > i + 1 ? next : index.markLive(scratch, next, end);
        }
        return i;
    }

    /**
     * Allocates many objects or none, for a caller that turns addresses into views.
     *
     * @return an array that starts with the addresses, to be given back; null at the bound
     */
    public long @Nullable [] allocate(ThreadCache cache, int count) {
        long[] scratch = scratches.borrow(cache, count);
        boolean all = false;
        try {
            all = allocate(cache, scratch, count);
            return all ? scratch : null;
        } finally {
            if (!all) {
                scratches.giveBack(cache, scratch);
            }
        }
    }

    /** Lends an array for the addresses of a bulk call, which has to be given back. */
    public long[] borrow(ThreadCache cache, int count) {
        return scratches.borrow(cache, count);
    }

    public void giveBack(ThreadCache cache, long[] lent) {
        scratches.giveBack(cache, lent);
    }

    /** Undoes allocations that the caller has not seen. */
    public void undo(long[] addresses, int count) {
        for (int i = 0; i < count; i++) {
            slow.undo(addresses[i]);
        }
    }

    /** Frees many objects or none. */
    public void free(ThreadCache cache, long[] addresses, int offset, int count) {
        Objects.checkFromIndexSize(offset, count, addresses.length);
        core.requireOpen();
        long[] scratch = scratches.borrow(cache, count);
        try {
            System.arraycopy(addresses, offset, scratch, 0, count);
            freeLent(cache, scratch, count);
        } finally {
            scratches.giveBack(cache, scratch);
        }
    }

    /** Frees the objects at the start of an array that the caller has borrowed, all or none. */
    public void freeLent(ThreadCache cache, long[] scratch, int count) {
        int good = mark(cache, scratch, count);
        if (good < count) {
            marks.unmark(scratch, good);
            slow.freeBulk(cache, Arrays.copyOf(scratch, count), good);
        } else {
            freed.pushAll(cache, scratch, count);
        }
    }

    /** Returns how many objects the fast path can free: those before the first that it does not find live. */
    private int mark(ThreadCache cache, long[] addresses, int count) {
        return switch (core.mode) {
            case UNCHECKED -> count;
            case CHECKED -> marks.markSurely(cache, addresses, count);
            case DEBUGGED -> 0;
        };
    }

    public void free(ThreadCache cache, MemorySegment[] objects, int offset, int count) {
        Objects.checkFromIndexSize(offset, count, objects.length);
        core.requireOpen();
        long[] scratch = scratches.borrow(cache, count);
        try {
            int good = mark(cache, objects, offset, count, scratch);
            if (good < count) {
                marks.unmark(scratch, good);
                slow.freeBulk(cache, Arrays.copyOfRange(objects, offset, offset + count), good);
            } else {
                freed.pushAll(cache, scratch, count);
            }
        } finally {
            scratches.giveBack(cache, scratch);
        }
    }

    private int mark(ThreadCache cache, MemorySegment[] objects, int offset, int count, long[] addresses) {
        return switch (core.mode) {
            case UNCHECKED -> copyAddresses(objects, offset, count, addresses);
            case CHECKED -> marks.markSurely(cache, objects, offset, count, addresses);
            case DEBUGGED -> 0;
        };
    }

    /** Returns the position of the first null, or the count. */
    private static int copyAddresses(MemorySegment[] objects, int offset, int count, long[] addresses) {
        for (int i = 0; i < count; i++) {
            MemorySegment object = objects[offset + i];
            if (object == null) {
                return i;
            }
            addresses[i] = object.address();
        }
        return count;
    }
}

package io.slabcache;

import io.slabcache.internal.magazine.ThreadCache;
import io.slabcache.internal.slab.Slab;
import io.slabcache.internal.slab.SlabIndex;
import java.lang.foreign.MemorySegment;
import java.lang.ref.Reference;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Bulk calls: whole runs of addresses are copied between the magazines and a scratch array, and only what a magazine
 * cannot serve goes the way of single calls. The scratch array makes a call all or nothing, and safe from a caller that
 * changes its own array meanwhile.
 */
final class BulkCalls {
    private static final int SMALLEST_SCRATCH = 64;

    /** Larger arrays are not kept: 512 KiB per thread. */
    private static final int LARGEST_SCRATCH = 1 << 16;

    private final Engine engine;
    private final SlabIndex index;
    private final AllocationPath allocation;
    private final FreePath freeing;

    /** The scratch array of all threads that have no cache of their own. */
    private final AtomicReference<long[]> shared = new AtomicReference<>();

    BulkCalls(Engine engine) {
        this.engine = engine;
        this.index = engine.index;
        this.allocation = engine.allocation;
        this.freeing = engine.freeing;
    }

    boolean allocate(ThreadCache cache, long[] addresses, int offset, int count) {
        Objects.checkFromIndexSize(offset, count, addresses.length);
        long[] scratch = borrow(cache, count);
        try {
            boolean all = allocate(cache, scratch, count);
            if (all) {
                System.arraycopy(scratch, 0, addresses, offset, count);
            }
            return all;
        } finally {
            giveBack(cache, scratch);
        }
    }

    boolean allocate(ThreadCache cache, MemorySegment[] objects, int offset, int count) {
        Objects.checkFromIndexSize(offset, count, objects.length);
        long[] scratch = borrow(cache, count);
        try {
            boolean all = allocate(cache, scratch, count);
            for (int i = 0; all && i < count; ) {
                Slab slab = cache.slabOf(scratch[i], index);
                if (slab != null) {
                    i = slab.handles(scratch, i, count, objects, offset);
                } else {
                    objects[offset + i] = engine.handle(scratch[i]);
                    i++;
                }
            }
            if (all && engine.leaks != null) {
                engine.leaks.watchSome(objects, offset, count);
            }
            return all;
        } finally {
            giveBack(cache, scratch);
        }
    }

    private boolean allocate(ThreadCache cache, long[] scratch, int count) {
        engine.requireOpen();
        if (count > engine.maxObjects()) {
            engine.exhaustions.increment();
            return false;
        }
        int allocated = 0;
        try {
            while (allocated < count) {
                allocated = pop(cache, scratch, allocated, count);
                if (allocated < count) {
                    long address = allocation.tryAllocateAddress(cache);
                    if (address == 0) {
                        break;
                    }
                    scratch[allocated++] = address;
                }
            }
        } finally {
            // Also when the memory source or a constructor threw.
            if (allocated < count) {
                freeing.unallocate(scratch, allocated);
            }
        }
        return allocated == count;
    }

    /** Hands out what the loaded magazine has, and returns how many the caller has now. */
    private int pop(ThreadCache cache, long[] scratch, int allocated, int count) {
        int end = allocated + cache.pop(scratch, allocated, count - allocated);
        int live = engine.checked ? markLive(cache, scratch, allocated, end) : end;
        // A look-up failed: the cache is closed, or a close is being decided, for which the single call will wait.
        while (end > live) {
            cache.unpop(scratch[--end]);
        }
        return live;
    }

    /** Returns the place of the first object whose slab is not found, or the end. */
    private int markLive(ThreadCache cache, long[] scratch, int from, int end) {
        int i = from;
        while (i < end) {
            Slab slab = cache.slabOf(scratch[i], index);
            if (slab == null) {
                break;
            }
            int next = slab.markLive(scratch, i, end);
            // As in FreePath: after a run of one the next object will not be a neighbour either.
            i = next > i + 1 ? next : index.markLive(scratch, next, end);
        }
        return i;
    }

    void free(ThreadCache cache, long[] addresses, int offset, int count) {
        Objects.checkFromIndexSize(offset, count, addresses.length);
        engine.requireOpen();
        long[] scratch = borrow(cache, count);
        try {
            System.arraycopy(addresses, offset, scratch, 0, count);
            if (engine.debugger != null) {
                freeDebugged(scratch, count);
                return;
            }
            int good = engine.checked ? freeing.takeBack(cache, scratch, count) : count;
            if (good < count) {
                takeNoneBack(scratch, good);
                if (isGuarded(scratch[good])) {
                    new MixedFree(engine, cache).free(Arrays.copyOf(scratch, count));
                } else {
                    engine.misuse.reportEntry(good, scratch[good]);
                }
                return;
            }
            pushAll(cache, scratch, count);
        } finally {
            giveBack(cache, scratch);
        }
    }

    void free(ThreadCache cache, MemorySegment[] objects, int offset, int count) {
        Objects.checkFromIndexSize(offset, count, objects.length);
        engine.requireOpen();
        long[] scratch = borrow(cache, count);
        try {
            for (int i = takeBackHandles(cache, objects, offset, 0, count, scratch); i < count; ) {
                MemorySegment object = objects[offset + i];
                if (object == null || !isToBeFreed(cache, object)) {
                    takeNoneBack(scratch, i);
                    if (object != null && object.isNative() && isGuarded(object.address())) {
                        new MixedFree(engine, cache).free(Arrays.copyOfRange(objects, offset, offset + count));
                    } else {
                        engine.misuse.reportEntry(i, object);
                    }
                    return;
                }
                scratch[i] = object.address();
                i = takeBackHandles(cache, objects, offset, i + 1, count, scratch);
            }
            if (engine.debugger != null) {
                freeDebugged(scratch, count);
                // Or else these objects would seem to have leaked while they are being freed.
                Reference.reachabilityFence(objects);
                return;
            }
            pushAll(cache, scratch, count);
        } finally {
            giveBack(cache, scratch);
        }
    }

    /** Marks live objects free up to the first segment that needs a closer look; returns its place, or the end. */
    private int takeBackHandles(
            ThreadCache cache, MemorySegment[] objects, int offset, int from, int end, long[] scratch) {
        int i = from;
        while (engine.checked && i < end) {
            MemorySegment object = objects[offset + i];
            Slab slab = object == null ? null : cache.slabOf(object.address(), index);
            int next = slab == null ? i : slab.markFree(objects, offset, i, end, scratch);
            if (next == i) {
                break;
            }
            i = next;
        }
        return i;
    }

    /** A debugged cache looks at all addresses together, later. */
    private boolean isToBeFreed(ThreadCache cache, MemorySegment object) {
        return engine.debugger != null
                ? freeing.isOneObject(object)
                : !engine.checked || freeing.takeBack(cache, object);
    }

    private boolean isGuarded(long address) {
        return engine.guard != null && engine.guard.surelyCovers(address);
    }

    /** The entries before a bad one are live again. */
    private void takeNoneBack(long[] scratch, int bad) {
        for (int i = 0; engine.checked && i < bad; i++) {
            freeing.handOutAgain(scratch[i]);
        }
    }

    private void freeDebugged(long[] scratch, int count) {
        int bad = engine.debugger.free(scratch, count);
        if (bad >= 0) {
            engine.misuse.reportEntry(bad, scratch[bad]);
        }
    }

    private void pushAll(ThreadCache cache, long[] addresses, int count) {
        int pushed = 0;
        try {
            while (pushed < count) {
                pushed += cache.push(addresses, pushed, count - pushed);
                if (pushed < count) {
                    freeing.push(cache, addresses[pushed++]);
                }
            }
        } finally {
            // The heap had no room for a magazine: what is marked free already must not be lost.
            if (pushed < count) {
                engine.supply.flush(addresses, pushed, count - pushed);
            }
        }
    }

    /** The array is gone until it is given back, so that a bulk call from within, by a constructor, gets another. */
    private long[] borrow(ThreadCache cache, int length) {
        long[] lent;
        if (cache.hasOwner()) {
            lent = cache.scratch;
            cache.scratch = null;
        } else {
            lent = shared.getAndSet(null);
        }
        return lent != null && lent.length >= length ? lent : new long[Math.max(length, SMALLEST_SCRATCH)];
    }

    private void giveBack(ThreadCache cache, long[] lent) {
        if (lent.length > LARGEST_SCRATCH) {
            return;
        }
        if (cache.hasOwner()) {
            cache.scratch = lent;
        } else {
            shared.set(lent);
        }
    }
}

package io.slabcache;

import io.slabcache.internal.magazine.ThreadCache;
import io.slabcache.internal.slab.Slab;
import io.slabcache.internal.slab.SlabIndex;
import java.lang.foreign.MemorySegment;
import java.lang.ref.Reference;
import java.util.Arrays;
import java.util.Objects;

/**
 * Bulk calls: whole runs of addresses are copied between the magazines and a scratch array, and only what a magazine
 * cannot serve goes the way of single calls. The scratch array makes a call all or nothing, and safe from a caller that
 * changes its own array meanwhile.
 */
final class BulkCalls {
    private final Engine engine;
    private final SlabIndex index;
    private final AllocationPath allocation;
    private final FreePath freeing;
    private final ScratchArrays scratches;

    BulkCalls(Engine engine) {
        this.engine = engine;
        this.index = engine.index;
        this.allocation = engine.allocation;
        this.freeing = engine.freeing;
        this.scratches = engine.scratches;
    }

    boolean allocate(ThreadCache cache, long[] addresses, int offset, int count) {
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

    boolean allocate(ThreadCache cache, MemorySegment[] objects, int offset, int count) {
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
                    i = slab.handles(addresses, i, count, objects, offset);
                } else {
                    objects[offset + i] = engine.handle(addresses[i]);
                    i++;
                }
            }
            if (engine.leaks != null) {
                engine.leaks.watchSome(objects, offset, count);
            }
        } catch (RuntimeException | Error e) {
            // A handle could not be made: the heap may be full.
            freeing.unallocate(addresses, count);
            throw e;
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
            // Also when the memory source or a constructor threw.
            if (allocated < count) {
                freeing.unallocate(scratch, allocated);
            }
        }
        return allocated == count;
    }

    /** A thread's first call has registered a cache of its own. */
    private ThreadCache registered(ThreadCache cache) {
        return cache.hasOwner() ? cache : engine.magazines.caches().current();
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
        long[] scratch = scratches.borrow(cache, count);
        try {
            System.arraycopy(addresses, offset, scratch, 0, count);
            if (engine.debugger != null) {
                freeDebugged(scratch, count);
                return;
            }
            int good = engine.checked ? freeing.takeBack(cache, scratch, count) : count;
            if (good < count) {
                freeing.handOutAgain(scratch, good);
                if (isGuarded(scratch[good])) {
                    new MixedFree(engine, cache).free(Arrays.copyOf(scratch, count));
                } else {
                    engine.misuse.reportEntry(good, scratch[good]);
                }
                return;
            }
            pushAll(cache, scratch, count);
        } finally {
            scratches.giveBack(cache, scratch);
        }
    }

    void free(ThreadCache cache, MemorySegment[] objects, int offset, int count) {
        Objects.checkFromIndexSize(offset, count, objects.length);
        engine.requireOpen();
        long[] scratch = scratches.borrow(cache, count);
        try {
            int good = takeBack(cache, objects, offset, count, scratch);
            if (good < count) {
                freeing.handOutAgain(scratch, good);
                refuse(cache, objects, offset, count, good);
                return;
            }
            if (engine.debugger != null) {
                freeDebugged(scratch, count);
                // Or else these objects would seem to have leaked while they are being freed.
                Reference.reachabilityFence(objects);
                return;
            }
            pushAll(cache, scratch, count);
        } finally {
            scratches.giveBack(cache, scratch);
        }
    }

    /** Marks objects free up to the first segment that is not that of a live one; returns its place, or the count. */
    private int takeBack(ThreadCache cache, MemorySegment[] objects, int offset, int count, long[] addresses) {
        int good = takeBackHandles(cache, objects, offset, 0, count, addresses);
        boolean known = false;
        try {
            while (good < count) {
                MemorySegment object = objects[offset + good];
                if (object == null || !isToBeFreed(cache, object)) {
                    break;
                }
                addresses[good] = object.address();
                good = takeBackHandles(cache, objects, offset, good + 1, count, addresses);
            }
            known = true;
            return good;
        } finally {
            // As in FreePath.
            if (!known) {
                freeing.handOutAgain(addresses, good);
            }
        }
    }

    private void refuse(ThreadCache cache, MemorySegment[] objects, int offset, int count, int bad) {
        MemorySegment object = objects[offset + bad];
        if (object != null && object.isNative() && isGuarded(object.address())) {
            new MixedFree(engine, cache).free(Arrays.copyOfRange(objects, offset, offset + count));
        } else {
            engine.misuse.reportEntry(bad, object);
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

    private void freeDebugged(long[] scratch, int count) {
        int bad = engine.debugger.free(scratch, count);
        if (bad >= 0) {
            engine.misuse.reportEntry(bad, scratch[bad]);
        }
    }

    private void pushAll(ThreadCache cache, long[] addresses, int count) {
        int pushed = 0;
        try {
            ThreadCache own = cache;
            while (pushed < count) {
                pushed += own.push(addresses, pushed, count - pushed);
                if (pushed < count) {
                    freeing.push(own, addresses[pushed++]);
                    own = registered(own);
                }
            }
        } finally {
            // No stack was left: what is marked free already must not be lost.
            while (pushed < count) {
                engine.supply.free(addresses[pushed++]);
            }
        }
    }
}

package io.slabcache;

import io.slabcache.internal.magazine.ThreadCache;
import io.slabcache.internal.slab.Slab;
import io.slabcache.internal.slab.SlabIndex;
import java.lang.foreign.MemorySegment;
import java.lang.ref.Reference;

/**
 * The way of a free, the mirror of {@link AllocationPath}, once it is known that it is not that of the spare object: a look
 * for the slab of the object, by which it is checked and marked free, and a push; else the slow way through depot and slabs.
 * What is not a live object ends in {@link Misuse}.
 */
final class FreePath {
    private final Engine engine;
    private final SlabIndex index;
    private final boolean checked;

    FreePath(Engine engine) {
        this.engine = engine;
        this.index = engine.index;
        this.checked = engine.checked;
    }

    void freeAddress(ThreadCache cache, long address) {
        if (cache.trusted) {
            push(cache, address);
        } else {
            freeChecked(cache, address);
        }
    }

    private void freeChecked(ThreadCache cache, long address) {
        if (takeBack(cache.guess(), address) || takeBack(index.find(address), address)) {
            keepOrPush(cache, address);
        } else {
            freeRefused(cache, address);
        }
    }

    /** Marks a live object free; false, and nothing changed, if the address is not that of one. */
    private static boolean takeBack(Slab slab, long address) {
        return slab != null && slab.hasObjectAt(address) && slab.markFree(address);
    }

    void free(ThreadCache cache, MemorySegment object) {
        if (object == null) {
            freeRefused(cache, null);
        } else if (cache.trusted) {
            // A segment is worth a spare object though nothing is checked: its handle need not be looked up.
            keepOrPush(cache, object.address());
        } else {
            freeChecked(cache, object);
        }
    }

    private void freeChecked(ThreadCache cache, MemorySegment object) {
        long address = object.address();
        if (takeBack(cache.guess(), address, object) || takeBack(index.find(address), address, object)) {
            keepOrPush(cache, address);
        } else {
            freeRefused(cache, object);
        }
    }

    /** Takes an object that the caller marked free. */
    void giveBack(ThreadCache cache, long address) {
        if (checked) {
            keepOrPush(cache, address);
        } else {
            freeAddress(cache, address);
        }
    }

    private void keepOrPush(ThreadCache cache, long address) {
        if (!cache.wantsSpare() || !keep(cache, address)) {
            push(cache, address);
        }
    }

    private boolean keep(ThreadCache cache, long address) {
        Slab slab = cache.slabOf(address, index);
        return slab != null && cache.keep(slab, address);
    }

    /** For a segment: the handle itself, which needs no further check, or an equal view. */
    private boolean takeBack(Slab slab, long address, MemorySegment object) {
        return slab != null
                && slab.hasObjectAt(address)
                && (slab.isHandle(object, address) || isWholeObject(object))
                && slab.markFree(address);
    }

    /** Whether it is a segment of a whole object, wherever that is. */
    boolean isOneObject(MemorySegment object) {
        return object != null && isWholeObject(object);
    }

    private boolean isWholeObject(MemorySegment object) {
        return object.isNative()
                && object.byteSize() == engine.objectSize()
                && !object.isReadOnly()
                && object.scope().isAlive();
    }

    void push(ThreadCache cache, long address) {
        if (!cache.push(address)) {
            pushSlow(cache, address);
        }
    }

    private void pushSlow(ThreadCache cache, long address) {
        if (engine.magazines.swapAndPush(cache, address)) {
            return;
        }
        engine.requireOpen();
        engine.magazines.free(cache, address);
        // Not the cache that was given: a thread's first free has registered one.
        engine.magazines.caches().current().learn(address, index);
    }

    /**
     * A misuse, unless nothing is to be checked (which a thread without a cache does not know), or the look-up failed only
     * because the cache was just not being closed.
     */
    private void freeRefused(ThreadCache cache, long address) {
        if (engine.debugger != null) {
            engine.debugger.free(address);
        } else if (!checked || takeBackChecked(address)) {
            push(cache, address);
        } else if (engine.guard == null || !engine.guard.free(address)) {
            engine.misuse.report(address);
        }
    }

    private void freeRefused(ThreadCache cache, MemorySegment object) {
        if (engine.debugger != null && isOneObject(object)) {
            engine.debugger.free(object.address());
            // Or else the object would seem to have leaked while it is being freed.
            Reference.reachabilityFence(object);
        } else if (object != null && !checked && engine.debugger == null || takeBackChecked(object)) {
            push(cache, object.address());
        } else if (engine.guard == null || !engine.guard.free(object)) {
            engine.misuse.report(object);
        }
    }

    /** Marks live objects free up to the first address that is not that of one; returns its place, or the count. */
    int takeBack(ThreadCache cache, long[] addresses, int count) {
        int good = takeBackFound(cache, addresses, 0, count);
        boolean known = false;
        try {
            while (good < count && takeBackChecked(addresses[good])) {
                good = takeBackFound(cache, addresses, good + 1, count);
            }
            known = true;
            return good;
        } finally {
            // No stack was left for the wait for the end of a close.
            if (!known) {
                handOutAgain(addresses, good);
            }
        }
    }

    /** A look-up may fail only because a close is being decided. */
    private int takeBackFound(ThreadCache cache, long[] addresses, int from, int count) {
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

    /** Marks a live object free; false if it is none, which is sure: waits for the end of a close that is being decided. */
    boolean takeBack(ThreadCache cache, MemorySegment object) {
        return object != null && takeBack(cache.slabOf(object.address(), index), object.address(), object)
                || takeBackChecked(object);
    }

    boolean takeBackChecked(long address) {
        return takeAnyBack(engine.find(address), address);
    }

    private boolean takeBackChecked(MemorySegment object) {
        if (object == null) {
            engine.requireOpen();
            return false;
        }
        Slab slab = engine.find(object.address());
        return takeBack(slab, object.address(), object) || isWholeObject(object) && takeAnyBack(slab, object.address());
    }

    /** {@link #takeBack(Slab, long)} also of what was handed out under a generation; the fast paths leave that to this. */
    private static boolean takeAnyBack(Slab slab, long address) {
        return slab != null && slab.startsAt(address) && slab.markAnyFree(address);
    }

    /**
     * Undoes that an object was taken out for a caller that did not get it: neither an allocation nor a free. Allocates
     * nothing, for the heap may be full.
     */
    void unallocate(long address) {
        if (engine.guard != null && engine.guard.undo(address)) {
            return;
        }
        if (checked) {
            takeAnyBack(index.findHidden(address), address);
        }
        if (engine.debugger != null) {
            engine.debugger.undo(address);
        }
        engine.supply.putBack(address);
    }

    /** {@link #unallocate(long)} for several. */
    void unallocate(long[] addresses, int count) {
        for (int i = 0; i < count; i++) {
            unallocate(addresses[i]);
        }
    }

    /** Undoes that objects were taken back. */
    void handOutAgain(long[] addresses, int count) {
        for (int i = 0; checked && i < count; i++) {
            handOutAgain(addresses[i]);
        }
    }

    /** Undoes that an object was taken back; nothing is left to undo if the cache was closed by force meanwhile. */
    void handOutAgain(long address) {
        Slab slab = index.findHidden(address);
        if (slab != null) {
            slab.unmarkFree(address);
        }
    }
}

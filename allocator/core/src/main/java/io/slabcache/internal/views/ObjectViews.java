package io.slabcache.internal.views;

import io.slabcache.internal.cache.AllocationPath;
import io.slabcache.internal.cache.CacheCore;
import io.slabcache.internal.cache.CacheParts;
import io.slabcache.internal.cache.FreePath;
import io.slabcache.internal.cache.SlowPath;
import io.slabcache.internal.magazine.ThreadCache;
import io.slabcache.internal.magazine.ThreadCaches;
import io.slabcache.internal.registry.CacheRegistry;
import io.slabcache.internal.registry.OpenCache;
import io.slabcache.internal.slab.Slab;
import io.slabcache.internal.slab.SlabIndex;
import io.slabcache.internal.slab.ViewKind;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The objects of a cache under views of one kind: their allocation, and their free as far as a view is found quickly.
 * The methods go the ways of {@code AllocationPath} and {@link FreePath}, but end at a view.
 *
 * <p>All users of a cache see the same view of an object: it is kept beside the object's handle, in its slab, from the
 * first use until the slab goes. A view is recognized by identity. So a copy, which may cover less or outlive it, frees
 * nothing.
 *
 * @param <V> type of the views
 */
public final class ObjectViews<V> {
    private final CacheParts parts;
    private final CacheCore core;
    private final ThreadCaches caches;
    private final ThreadCache[] near;
    private final SlabIndex index;
    private final SlowPath slow;
    private final FreePath freeing;
    private final ViewKind kind;
    private final int number;
    private final ViewMaker<V> maker;
    private final Windows windows;

    /** The low bits that a view tells of its address. */
    private final long mask;

    private ObjectViews(CacheParts parts, ViewKind kind, int addressBits, ViewMaker<V> maker) {
        this.parts = parts;
        this.core = parts.core;
        this.caches = core.magazines().caches();
        this.near = caches.near();
        this.index = core.index();
        this.slow = parts.slow;
        this.freeing = parts.freeing;
        this.kind = kind;
        this.number = kind.ordinal();
        this.maker = maker;
        this.mask = addressBits == Long.SIZE ? -1 : (1L << addressBits) - 1;
        this.windows = new Windows(mask);
    }

    /**
     * Returns the objects of a cache as buffers of NIO, which tell 30 bits of their address.
     *
     * @param cacheId of the cache
     * @param maker of the buffers
     * @return the views
     * @throws IllegalStateException if the cache is closed
     */
    public static ObjectViews<ByteBuffer> ofByteBuffers(long cacheId, ViewMaker<ByteBuffer> maker) {
        return new ObjectViews<>(parts(cacheId), ViewKind.BYTE_BUFFER, 30, maker);
    }

    /**
     * Returns the objects of a cache as buffers of Agrona, which tell their address.
     *
     * @param <V> type of the buffers
     * @param cacheId of the cache
     * @param maker of the buffers
     * @return the views
     * @throws IllegalStateException if the cache is closed
     */
    public static <V> ObjectViews<V> ofUnsafeBuffers(long cacheId, ViewMaker<V> maker) {
        return new ObjectViews<>(parts(cacheId), ViewKind.UNSAFE_BUFFER, Long.SIZE, maker);
    }

    private static CacheParts parts(long cacheId) {
        for (OpenCache cache : CacheRegistry.open()) {
            if (cache.id() == cacheId && cache instanceof CacheParts parts) {
                return parts;
            }
        }
        throw new IllegalStateException("cache #" + cacheId + " is closed; expected an open one");
    }

    /** {@return the parts of the cache} */
    CacheParts parts() {
        return parts;
    }

    /** {@return the view of a new object; throws at the bound} */
    public V allocate() {
        V view = tryAllocate();
        if (view == null) {
            throw parts.exhaustion.exception(1);
        }
        return view;
    }

    /** {@return the view of a new object, or {@code null} at the bound} */
    public @Nullable V tryAllocate() {
        ThreadCache cache = caches.current(near);
        V spare = cache.isSpareIn() ? takeSpare(cache) : null;
        return spare != null ? spare : pop(cache);
    }

    /** Takes the spare object as the last step, so that no error before loses it. */
    private @Nullable V takeSpare(ThreadCache cache) {
        long address = cache.spareAddress();
        Slab slab = cache.spareSlab();
        V view = slab.hasObjectAt(address) ? find(slab, address) : null;
        V ready = view == null ? null : maker.ready(view, address);
        long taken = cache.takeSpare();
        if (taken == 0) {
            return null;
        }
        return ready != null ? ready : ofNew(taken);
    }

    private @Nullable V pop(ThreadCache cache) {
        long address = cache.peek();
        V view = take(cache, cache.guess(), address);
        return view != null ? view : handOut(cache, address);
    }

    private @Nullable V handOut(ThreadCache cache, long next) {
        Slab slab = next == 0 ? null : index.find(next);
        V view = slab == null ? null : take(cache, slab, next);
        if (view != null) {
            return view;
        }
        // The magazine is empty, its next object has no view, or a close has begun.
        long address = parts.allocation.tryAllocateAddress(cache);
        return address == 0 ? null : ofNew(address);
    }

    /** Takes the next object of the magazine, likewise, if it lies in a slab and has a view. */
    private @Nullable V take(ThreadCache cache, Slab slab, long address) {
        V view = slab.hasObjectAt(address) ? find(slab, address) : null;
        if (view == null) {
            return null;
        }
        V ready = maker.ready(view, address);
        AllocationPath.takeNext(cache, slab, address);
        return ready;
    }

    /** The view of a new object. */
    V view(long address) {
        Slab slab = index.find(address);
        V view = slab != null && slab.hasObjectAt(address) ? find(slab, address) : null;
        return view != null ? maker.ready(view, address) : ofNew(address);
    }

    /** The kind decides the type. */
    @SuppressWarnings("unchecked")
    private @Nullable V find(Slab slab, long address) {
        return (V) slab.views.find(number, slab.place(address));
    }

    /** The object goes back if its first view cannot be made because the heap is full. */
    private V ofNew(long address) {
        try {
            return maker.ready(of(address), address);
        } catch (RuntimeException | Error e) {
            slow.undo(address);
            throw e;
        }
    }

    /**
     * Returns the view of an object.
     *
     * @param address of the object, live or not
     * @return its view, always the same
     * @throws IllegalArgumentException if no object of the cache starts there
     * @throws IllegalStateException if the cache is closed
     */
    @SuppressWarnings("unchecked")
    public V of(long address) {
        Slab slab = slow.slabOf(address);
        if (slab == null || !slab.startsAt(address)) {
            throw new IllegalArgumentException("0x" + Long.toHexString(address) + " is not the start of an object of "
                    + core + "; expected an address that it handed out");
        }
        V found = find(slab, address);
        if (found != null) {
            return found;
        }
        MemorySegment object = kind.keepsSegment() ? slab.handle(address) : slab.newSegment(address);
        return (V) slab.views.keep(kind, slab.place(address), maker.make(object));
    }

    /**
     * Frees the object of a view if it is found quickly.
     *
     * @param view anything but {@code null}
     * @param low the low bits of the view's address, as many as it tells
     * @return false, and nothing changed, if it is not found or not live
     */
    public boolean tryFree(V view, long low) {
        ThreadCache cache = caches.current(near);
        long spare = cache.spareAddress();
        // Mostly another object: the bits are compared first, because they need no slab.
        return (spare - low & mask) == 0 && isViewOf(cache.spareSlab(), spare, view)
                ? cache.giveSpare(spare) || tryFree(cache, cache.spareSlab(), spare)
                : cache.freeGuessed(number, view, low, mask) || tryFreeByAddress(cache, view, low);
    }

    /** Where the guessed slab is the wrong one, the magazine is full, or a spare object is wanted. */
    private boolean tryFreeByAddress(ThreadCache cache, V view, long low) {
        for (long window : windows.known()) {
            Slab slab = index.find(window + low);
            if (slab != null && isViewOf(slab, window + low, view)) {
                return tryFree(cache, slab, window + low);
            }
        }
        return false;
    }

    private boolean isViewOf(Slab slab, long address, V view) {
        return slab.hasObjectAt(address) && slab.views.find(number, slab.place(address)) == view;
    }

    private boolean tryFree(ThreadCache cache, Slab slab, long address) {
        if (!cache.trusted && !slab.markFree(address)) {
            return false;
        }
        freeing.giveBack(cache, address);
        return true;
    }

    /**
     * Frees the object of a view, for whatever {@link #tryFree} did not free. Reports why if it cannot.
     *
     * @param view anything but {@code null}
     * @param address of the view
     * @return false, and nothing changed, if it is not the view of any object, live or not
     * @throws IllegalStateException if the cache is closed
     */
    public boolean free(V view, long address) {
        if (addressOf(view, address) == 0) {
            return false;
        }
        freeing.freeAddress(caches.current(near), address);
        return true;
    }

    /**
     * Returns the address of a view if it is found quickly.
     *
     * @param view anything but {@code null}
     * @param low the low bits of the view's address, as many as it tells
     * @return the address; 0 if the view is not found
     */
    public long quickAddress(V view, long low) {
        Slab guess = caches.current(near).guess();
        long guessed = guess.base() + (low - guess.base() & mask);
        if (isViewOf(guess, guessed, view)) {
            return guessed;
        }
        for (long window : windows.known()) {
            Slab slab = index.find(window + low);
            if (slab != null && isViewOf(slab, window + low, view)) {
                return window + low;
            }
        }
        return 0;
    }

    /**
     * Returns the address of a view. Waits for a pending close.
     *
     * @param view anything but {@code null}
     * @param address of the view
     * @return the address; 0 if it is not the view of any object, live or not
     * @throws IllegalStateException if the cache is closed
     */
    public long addressOf(V view, long address) {
        Slab slab = slow.slabOf(address);
        if (slab == null || !slab.startsAt(address) || slab.views.find(number, slab.place(address)) != view) {
            return 0;
        }
        windows.learn(address);
        return address;
    }

    @Override
    public String toString() {
        return core.toString();
    }
}

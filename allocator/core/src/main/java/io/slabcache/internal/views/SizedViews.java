package io.slabcache.internal.views;

import io.slabcache.internal.cache.AllocationPath;
import io.slabcache.internal.magazine.ThreadCache;
import io.slabcache.internal.sizes.AllocatorParts;
import io.slabcache.internal.sizes.ClassCaches;
import io.slabcache.internal.sizes.QuickPath;
import io.slabcache.internal.sizes.SizeClasses;
import io.slabcache.internal.sizes.ThreadRows;
import io.slabcache.internal.slab.Slab;
import io.slabcache.internal.slab.ViewKind;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import org.jspecify.annotations.Nullable;

/**
 * One Java object of an edge for each object of an allocator's size classes, kept as long as the object's slab. All
 * methods are for the owner of the object; views go with it from owner to owner. Objects that are in no slab, large or
 * guarded ones, have no views.
 *
 * @param <V> type of the views
 */
public final class SizedViews<V> {
    /** The largest object of a size class, in bytes. */
    public static final int LARGEST = (int) SizeClasses.LARGEST;

    private final ClassCaches classes;
    private final QuickPath quick;
    private final ThreadCache[][] rows;
    private final ViewKind kind;
    private final int number;

    private SizedViews(AllocatorParts parts, ViewKind kind) {
        this.classes = parts.classes;
        this.quick = parts.quick;
        this.rows = quick.rows();
        this.kind = kind;
        this.number = kind.ordinal();
    }

    /**
     * Returns the views of an allocator's objects that are buffers of Netty. Size classes that are made from now on have
     * small slabs at first, because a server has few buffers of each of many sizes, and {@link #free} guesses no slab.
     *
     * @param <V> type of the views, always the same
     * @param allocator a {@code SlabAllocator}
     * @return the views
     */
    public static <V> SizedViews<V> byteBufs(SegmentAllocator allocator) {
        AllocatorParts parts = AllocatorDoor.parts(allocator);
        parts.classes.beginSmall();
        return new SizedViews<>(parts, ViewKind.BYTE_BUF);
    }

    /**
     * Allocates an object that has a view, if one is found quickly.
     *
     * @param bytes 1 to {@link #LARGEST}
     * @return its view; or null, and nothing done
     */
    @SuppressWarnings("unchecked")
    public @Nullable V tryAllocate(int bytes) {
        ThreadCache cache = QuickPath.part(quick, rows, SizeClasses.number(bytes));
        long address = cache.peek();
        Slab guess = cache.guess();
        Slab slab = guess.hasObjectAt(address) ? guess : find(cache, address);
        V view = slab == null ? null : (V) slab.views.find(number, slab.place(address));
        // Otherwise a close may have begun, or the object has no view yet.
        if (slab != null && view != null) {
            AllocationPath.takeNext(cache, slab, address);
        }
        return view;
    }

    private @Nullable Slab find(ThreadCache cache, long address) {
        Slab slab = address == 0 ? null : classes.find(address);
        return slab != null && slab.hasObjectAt(address) && cache.isOf(slab) ? slab : null;
    }

    /**
     * Returns where an object is, for {@link #free}.
     *
     * @param address of an object that the caller owns
     * @return its place, or null if it is in no slab
     */
    public @Nullable Object place(long address) {
        return classes.findSurely(address);
    }

    /**
     * Frees an object faster than by its address alone.
     *
     * @param place of the object
     * @param bytes of the object: the size of its class
     * @param address of the object
     */
    public void free(Object place, int bytes, long address) {
        Slab slab = (Slab) place;
        long id = Thread.currentThread().threadId();
        ThreadCache part = ThreadRows.likely(rows, id, SizeClasses.number(bytes));
        if (!part.isOwnedBy(id) || !part.isOf(slab) || !QuickPath.free(part, slab, address)) {
            classes.classOf(slab).freeAddress(slab, address);
        }
    }

    /**
     * Returns the view of an object.
     *
     * @param address of an object that the caller owns
     * @return its view, or null if none is kept
     */
    @SuppressWarnings("unchecked")
    public @Nullable V get(long address) {
        Slab slab = classes.find(address);
        return slab == null ? null : (V) slab.views.find(number, slab.place(address));
    }

    /**
     * Replaces the view of an object, if it is in a slab. Needs no heap where {@link #put} kept one before.
     *
     * @param address of an object that the caller owns
     * @param view the view, or null for none
     */
    public void put(long address, @Nullable V view) {
        Slab slab = classes.findSurely(address);
        if (slab != null) {
            slab.views.put(kind, slab.place(address), view);
        }
    }

    /**
     * Returns a segment of an object with all bytes of its class.
     *
     * @param address of an object that the caller owns
     * @return a new segment, or null if the object is in no slab
     */
    public @Nullable MemorySegment object(long address) {
        Slab slab = classes.findSurely(address);
        return slab == null ? null : slab.newSegment(address);
    }

    /**
     * Returns whether the owner of an object may use no more bytes than were asked for, because the rest is watched.
     *
     * @param address of an object that the caller owns
     * @return false if all bytes of its class are usable
     */
    public boolean isExact(long address) {
        Slab slab = classes.findSurely(address);
        return slab == null || classes.classOf(slab).isExact();
    }
}

package io.slabcache.internal.slab;

import java.lang.foreign.MemorySegment;
import java.lang.invoke.ConstantBootstraps;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Comparator;

/**
 * A contiguous run of objects in one memory region, with everything known about them on the Java heap.
 *
 * <p>Three kinds of state with three owners:
 *
 * <ul>
 *   <li><b>Geometry</b> is final and read by every thread.
 *   <li><b>The free map</b> and the links are guarded by the lock of the {@link SlabList}. A set bit means that the
 *       object is in this slab's hands; a clear bit means that it is live or in some magazine.
 *   <li><b>The marks, the generation and the handle</b> of an object belong to its owner: see {@link ObjectMarks} and
 *       {@link ObjectGenerations}.
 * </ul>
 */
public final class Slab extends ObjectGenerations {
    /** Contains no address; the first guess of a thread that has none. */
    public static final Slab NONE = new Slab();

    /** The order of slabs that do not overlap. */
    static final Comparator<Slab> BY_ADDRESS = (one, other) -> Long.compareUnsigned(one.base, other.base);

    private static final VarHandle HANDLES = ConstantBootstraps.fieldVarHandle(
            MethodHandles.lookup(), "handles", VarHandle.class, Slab.class, MemorySegment[].class);
    private static final VarHandle HANDLE = MethodHandles.arrayElementVarHandle(MemorySegment[].class);

    /** In the place of {@link #HIDDEN}: hidden for good. */
    private static final byte GONE = 2;

    private final long length;

    /** At the places of the live bytes. Null until a segment is wanted; set by compare-and-set, and null again at the end. */
    private MemorySegment[] handles;

    private final SlabGeometry geometry;
    private final SlabRegion region;

    /** Guarded by the list's lock, as are the three below. */
    private final FreeMap freeMap;

    /** The chain that the slab is on, and its neighbours there; {@link SlabChain} alone writes them. */
    SlabChain chain;

    Slab next;
    Slab previous;

    Slab(SlabGeometry geometry, SlabRegion region, int objects) {
        super(region.segment().address() + geometry.leadingGap, geometry.inverse, geometry.twos, objects);
        this.length = objects * geometry.stride;
        this.geometry = geometry;
        this.region = region;
        this.freeMap = new FreeMap(objects);
    }

    private Slab() {
        super(0, 0, 0, 0);
        this.length = 0;
        this.geometry = null;
        this.region = null;
        this.freeMap = new FreeMap(0);
    }

    /**
     * Whether an address lies in this slab, as long as the slab is in use.
     *
     * <p>A thread may keep a slab as its guess past the slab's end: before other memory can lie at the same addresses,
     * the slab is hidden under the list's lock, after which everybody comes who has an object of that memory.
     *
     * @param address anything
     * @return false for all addresses once the slab was given back, or while it is hidden
     */
    public boolean contains(long address) {
        return isVisible() && covers(address);
    }

    /** {@link #contains}, blind to hiding. */
    boolean covers(long address) {
        return Long.compareUnsigned(address - base, length) < 0;
    }

    /** Makes look-ups miss all objects, and those that wait outside the magazines stay there. Under the list's lock. */
    void hide() {
        setVisible(false);
        liveBytes()[HIDDEN] = 1;
    }

    /** Undoes {@link #hide}. */
    void show() {
        setVisible(true);
        liveBytes()[HIDDEN] = 0;
    }

    /**
     * Ends the slab, which nobody finds any more: none of its objects is live, except on a lease. Whoever keeps it as a guess
     * keeps little else alive.
     */
    void retire() {
        hide();
        clearMarks();
        endGenerations();
        handles = null;
        liveBytes()[HIDDEN] = GONE;
    }

    /** {@return whether the slab was retired; the answer of a moment ago for a thread that did not do it} */
    public boolean isRetired() {
        return liveBytes()[HIDDEN] == GONE;
    }

    /**
     * {@return the index of the object whose stride covers an address}
     *
     * @param address within the slab
     */
    public int indexOf(long address) {
        return geometry.indexOf(address - base);
    }

    /**
     * {@return the address of an object}
     *
     * @param index of the object
     */
    public long address(int index) {
        return base + index * geometry.stride;
    }

    long base() {
        return base;
    }

    /** The first byte of its memory, which a gap may separate from the first object. */
    long start() {
        return base - geometry.leadingGap;
    }

    /** The first byte behind the last object. */
    long end() {
        return base + length;
    }

    long length() {
        return length;
    }

    /**
     * {@return the segment of exactly one object; where handles are kept, always the same instance once it was created}
     *
     * @param address of an object of this slab
     */
    public MemorySegment handle(long address) {
        MemorySegment handle = handleIfCreated(address);
        return handle != null ? handle : createHandle(address);
    }

    /**
     * {@return the segment of an object, or {@code null} if nobody has wanted it yet}
     *
     * @param address of an object of this slab
     */
    public MemorySegment handleIfCreated(long address) {
        MemorySegment[] handles = this.handles;
        return handles == null ? null : handles[place(address)];
    }

    /**
     * {@return whether a segment is the handle of an object of this slab, and so starts and ends where that does}
     *
     * @param object any segment
     * @param address of an object of this slab
     */
    public boolean isHandle(MemorySegment object, long address) {
        return handleIfCreated(address) == object;
    }

    /**
     * Gives the segments of objects, up to the first that is not of this slab.
     *
     * @param addresses of objects
     * @param from place of the first
     * @param end place behind the last
     * @param into gets the segments
     * @param offset place of the first of all in there
     * @return place of the first that is left
     */
    public int handles(long[] addresses, int from, int end, MemorySegment[] into, int offset) {
        int i = from;
        for (; i < end && hasObjectAt(addresses[i]); i++) {
            into[offset + i] = handle(addresses[i]);
        }
        return i;
    }

    /**
     * Marks objects free, up to the first segment that is not the handle of a live one of this slab.
     *
     * @param objects segments, or null
     * @param offset place of the first of all
     * @param from place of the first, after the offset
     * @param end place behind the last, after the offset
     * @param addresses gets the addresses of those that were marked
     * @return place of the first that is left, after the offset
     */
    public int markFree(MemorySegment[] objects, int offset, int from, int end, long[] addresses) {
        int i = from;
        for (; i < end; i++) {
            MemorySegment object = objects[offset + i];
            long address = object == null ? 0 : object.address();
            if (!hasObjectAt(address) || !isHandle(object, address) || !markFree(address)) {
                break;
            }
            addresses[i] = address;
        }
        return i;
    }

    /**
     * Of two that two threads create at once, one stays and is returned to both. Where none is kept, the table is never made,
     * so every other look for a handle finds none.
     */
    private MemorySegment createHandle(long address) {
        if (!geometry.keepsHandles) {
            return newSegment(address);
        }
        MemorySegment[] handles = (MemorySegment[]) HANDLES.getAcquire(this);
        if (handles == null) {
            MemorySegment[] created = new MemorySegment[places()];
            handles = (MemorySegment[]) HANDLES.compareAndExchange(this, null, created);
            handles = handles == null ? created : handles;
        }
        MemorySegment handle = newSegment(address);
        MemorySegment other = (MemorySegment) HANDLE.compareAndExchange(handles, place(address), null, handle);
        return other != null ? other : handle;
    }

    /**
     * {@return a segment of exactly one object that is kept nowhere}
     *
     * @param address of an object of this slab
     */
    public MemorySegment newSegment(long address) {
        MemorySegment memory = memory();
        return memory.asSlice(address - memory.address(), geometry.objectSize);
    }

    /** Moves free objects out, last first, so that a stack of them hands out ascending addresses; returns how many. */
    int take(long[] addresses, int offset, int count) {
        int taken = Math.min(count, freeMap.free());
        for (int place = offset + taken; place > offset; ) {
            addresses[--place] = address(freeMap.takeFirst());
        }
        return taken;
    }

    /** Takes an object back; returns false, and changes nothing, if it is here already. */
    boolean put(long address) {
        return freeMap.put(indexOf(address));
    }

    /** {@return whether an object, by index, is in the slab's hands; without the lock, the answer of a moment ago} */
    public boolean isFree(int index) {
        return freeMap.isFree(index);
    }

    int free() {
        return freeMap.free();
    }

    boolean isEmpty() {
        return freeMap.free() == objects();
    }

    void validate() {
        freeMap.validate();
    }

    /** An estimate from array lengths; 4-byte references, 40 bytes per segment. */
    long heapBytes() {
        long segments = HANDLES.getAcquire(this) == null ? 0 : places() * 4L + objects() * 40L;
        return places() + generationsHeapBytes() + freeMap.heapBytes() + segments + 160;
    }

    /** {@return the memory that the objects lie in} */
    public MemorySegment memory() {
        return region.segment();
    }

    SlabRegion region() {
        return region;
    }
}

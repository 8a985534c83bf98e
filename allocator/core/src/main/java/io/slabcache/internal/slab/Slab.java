package io.slabcache.internal.slab;

import java.lang.foreign.MemorySegment;
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
 *   <li><b>The marks, the generation and the handle</b> of an object belong to its owner: see {@link ObjectMarks}, {@link
 *       ObjectGenerations} and {@link ObjectHandles}.
 * </ul>
 */
public final class Slab extends ObjectHandles implements RegionUser {
    /** Contains no address; the first guess of a thread that has none. */
    public static final Slab NONE = new Slab();

    /** The order of slabs that do not overlap. */
    static final Comparator<Slab> BY_ADDRESS = (one, other) -> Long.compareUnsigned(one.base, other.base);

    /** In the place of {@link #HIDDEN}: hidden for good. */
    private static final byte GONE = 2;

    /**
     * The objects that describe a slab, without their arrays: slab, free map and region, the region of the default source
     * with its arena, and the entries of the maps that have them. Measured, with 4-byte references.
     */
    private static final int FIXED_BYTES = 480;

    private final long length;

    /** Guarded by the list's lock, as is the link below. */
    private final FreeMap freeMap;

    /** Its place on the {@link SlabChains}. */
    final SlabChain.Link<Slab> link = new SlabChain.Link<>(this);

    Slab(SlabGeometry geometry, SlabRegion region, int objects, OnDemandHeap onDemand) {
        super(geometry, region, objects, onDemand);
        this.length = objects * geometry.stride;
        this.freeMap = new FreeMap(objects);
    }

    private Slab() {
        this.length = 0;
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
    @Override
    public void retire() {
        hide();
        clearMarks();
        endGenerations();
        endHandles();
        liveBytes()[HIDDEN] = GONE;
    }

    /** {@return whether the slab was retired; the answer of a moment ago for a thread that did not do it} */
    public boolean isRetired() {
        return isRetired(liveBytes());
    }

    /**
     * {@return {@link #isRetired} of the slab that has these live bytes}
     *
     * @param live the live bytes of a slab
     */
    public static boolean isRetired(byte[] live) {
        return live[HIDDEN] == GONE;
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

    /** Moves free objects out, last first, so that a stack of them hands out ascending addresses; returns how many. */
    int take(long[] addresses, int offset, int count) {
        int taken = Math.min(count, freeMap.free());
        int word = taken > 1 && taken < Long.SIZE ? freeMap.wholeWord() : -1;
        for (int place = offset + taken; place > offset; ) {
            addresses[--place] = address(word >= 0 ? freeMap.takeFrom(word) : freeMap.takeFirst());
        }
        return taken;
    }

    /** Moves one free object out; there is one. */
    long takeFirst() {
        return address(freeMap.takeFirst());
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

    /** The Java heap that describes this slab from its start to its end. Always the same. */
    long heapBytes() {
        return places() + freeMap.heapBytes() + FIXED_BYTES;
    }
}

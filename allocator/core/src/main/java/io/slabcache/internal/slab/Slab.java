package io.slabcache.internal.slab;

import java.lang.foreign.MemorySegment;
import java.util.Comparator;

/**
 * A contiguous run of objects in one memory region, and everything known about them on the Java heap.
 *
 * <p>Three kinds of state with three owners:
 *
 * <ul>
 *   <li><b>Geometry</b> is final and read by every thread.
 *   <li><b>The free map</b> and the links are guarded by the lock of the {@link SlabList}. A set bit means that the
 *       object is free in this slab; a clear bit means that it is live or in some magazine.
 *   <li><b>The marks, the generation and the handle</b> of an object belong to its owner: see {@link ObjectMarks},
 *       {@link ObjectGenerations} and {@link ObjectHandles}.
 * </ul>
 */
public final class Slab extends ObjectHandles implements RegionUser {
    /** A slab without addresses: the first guess of every thread. */
    public static final Slab NONE = new Slab();

    /** Orders slabs that do not overlap. */
    static final Comparator<Slab> BY_ADDRESS = (one, other) -> Long.compareUnsigned(one.base, other.base);

    /** In place of {@link #HIDDEN}: hidden for good. */
    private static final byte GONE = 2;

    /**
     * Heap of the objects that describe a slab, without their arrays: slab, free map, region, the default source's
     * region with its arena, and map entries. Measured, for 4-byte references.
     */
    private static final int FIXED_BYTES = 480;

    private final long length;

    /** Guarded by the list's lock, as is the link below. */
    private final FreeMap freeMap;

    /** The slab's link on the {@link SlabChains}. */
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
     * Returns whether an address lies in this slab, while the slab is in use.
     *
     * <p>A thread may keep a slab as its guess after the slab's end. Before other memory can get the same addresses,
     * the slab is hidden under the list's lock. Every later owner of an object of that memory has passed that lock
     * since.
     *
     * @param address anything
     * @return false for all addresses once the slab was returned, or while it is hidden
     */
    public boolean contains(long address) {
        return isVisible() && covers(address);
    }

    /** Like {@link #contains}, but even if the slab is hidden. */
    boolean covers(long address) {
        return Long.compareUnsigned(address - base, length) < 0;
    }

    /** Makes look-ups miss all objects, and keeps spare objects from being allocated. Under the list's lock. */
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
     * Ends a slab that no look-up finds any more; no object is live, except on a lease. A thread that keeps the slab as
     * its guess keeps little other heap reachable.
     */
    @Override
    public void retire() {
        hide();
        clearMarks();
        endGenerations();
        endHandles();
        liveBytes()[HIDDEN] = GONE;
    }

    /** {@return whether the slab was retired; may lag for a thread that did not retire it} */
    public boolean isRetired() {
        return isRetired(liveBytes());
    }

    /**
     * {@return whether the slab that has these live bytes was retired}
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

    /** {@return the memory of all objects, with the gaps between them} */
    public MemorySegment window() {
        MemorySegment memory = region().segment();
        return memory.asSlice(base - memory.address(), length);
    }

    /** The first byte of its memory; a gap may separate it from the first object. */
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
     * Returns the segments of objects, up to the first that is not in this slab.
     *
     * @param addresses of objects
     * @param from position of the first
     * @param end position behind the last
     * @param into gets the segments
     * @param offset position in {@code into} for the address at 0
     * @return position of the first that is left
     */
    public int handles(long[] addresses, int from, int end, MemorySegment[] into, int offset) {
        int i = from;
        for (; i < end && hasObjectAt(addresses[i]); i++) {
            into[offset + i] = handle(addresses[i]);
        }
        return i;
    }

    /**
     * Marks objects free, up to the first segment that is not the handle of a live object of this slab.
     *
     * @param objects segments, or null
     * @param offset index of position 0
     * @param from position of the first
     * @param end position behind the last
     * @param addresses gets the addresses of those that were marked
     * @return position of the first that is left
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

    /** Takes free objects, last first, so that a stack of them hands out ascending addresses; returns their number. */
    int take(long[] addresses, int offset, int count) {
        int taken = Math.min(count, freeMap.free());
        int word = taken > 1 && taken < Long.SIZE ? freeMap.wholeWord() : -1;
        for (int place = offset + taken; place > offset; ) {
            addresses[--place] = address(word >= 0 ? freeMap.takeFrom(word) : freeMap.takeFirst());
        }
        return taken;
    }

    /** Takes one free object; there must be one. */
    long takeFirst() {
        return address(freeMap.takeFirst());
    }

    /** Puts an object back; false, and nothing changed, if it is free already. */
    boolean put(long address) {
        return freeMap.put(indexOf(address));
    }

    /** {@return whether the object with an index is free in the slab; may lag without the lock} */
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

    /** The Java heap that describes this slab, fixed for its lifetime. */
    long heapBytes() {
        return places() + freeMap.heapBytes() + FIXED_BYTES;
    }
}

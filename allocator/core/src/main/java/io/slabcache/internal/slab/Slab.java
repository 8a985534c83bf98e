package io.slabcache.internal.slab;

import java.lang.foreign.MemorySegment;
import java.lang.invoke.ConstantBootstraps;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * A contiguous run of objects in one memory region: their addresses, their live bytes and their handles.
 *
 * <p>This class is all that the fast paths touch of a slab. Three kinds of state stand beside it: the {@link
 * Generations} of its objects, the {@link LeaseMarks} in its live bytes, and the {@link FreeMap} of the {@link
 * SlabList}.
 *
 * <p>The tables have one entry for each object, at the same place in each. The entries of an object belong to its
 * owner. Access is plain; the hand-over of the object between threads orders it. Live is a byte and not a bit, because
 * owners of neighbouring bits would need atomic updates of a common word.
 *
 * <p>Only {@link #LIVE} and the marks of the search for leaks are positive. The fast paths of free test for a positive
 * value, and so leave everything else to the slow paths at no cost.
 */
public final class Slab implements RegionUser {
    /** A live byte: handed out; its holder may free it. */
    public static final byte LIVE = 1;

    /**
     * The place in the table of live bytes that is not 0 while the slab is hidden. In the margin, next to the length,
     * which is read anyway. For paths that pop nothing: a compiler may hoist the read of a field out of a loop, but it
     * reads an array element again after each store to an array of the same type.
     */
    public static final int HIDDEN = 0;

    /** At {@link #HIDDEN}: hidden for good, because the slab was retired. */
    private static final byte GONE = 2;

    /**
     * Unused places at both ends of each table, against false sharing: all threads read the length, just before the first
     * place. 128, because lines are prefetched in pairs and the entries of some tables are bytes.
     */
    private static final int MARGIN = 128;

    private static final VarHandle HANDLES = ConstantBootstraps.fieldVarHandle(
            MethodHandles.lookup(), "handles", VarHandle.class, Slab.class, MemorySegment[].class);
    private static final VarHandle GENERATIONS = ConstantBootstraps.fieldVarHandle(
            MethodHandles.lookup(), "generations", VarHandle.class, Slab.class, int[].class);

    /** A slab without addresses: the first guess of every thread. */
    public static final Slab NONE = new Slab(new SlabGeometry(1, 1, 0, 0), new SlabRegion(), 0, 0, new OnDemandHeap());

    private final long base;
    private final long length;
    private final long inverse;
    private final int twos;
    private final int objects;
    private final byte[] live;

    /** {@link #objects}, or 0 while look-ups must fail. Written under the list's lock, read plainly. */
    private long visible;

    /** Null until first use; set by compare-and-set; null again when the slab is removed. */
    private MemorySegment[] handles;

    /** As above. Read plainly: an acquire costs 3 ns in batches; see docs/memory-model.md. */
    private int[] generations;

    public final SlabViews views;
    public final SlabGeometry geometry;
    private final SlabRegion region;
    private final OnDemandHeap onDemand;
    // Both guarded by the list's lock.
    final FreeMap freeMap;
    final SlabChain.Link<Slab> link = new SlabChain.Link<>(this);

    Slab(SlabGeometry geometry, SlabRegion region, int objects, OnDemandHeap onDemand) {
        this(geometry, region, region.segment().address() + geometry.leadingGap, objects, onDemand);
    }

    private Slab(SlabGeometry geometry, SlabRegion region, long base, int objects, OnDemandHeap onDemand) {
        this.base = base;
        this.length = objects * geometry.stride;
        this.inverse = geometry.inverse;
        this.twos = geometry.twos;
        this.objects = objects;
        this.visible = objects;
        this.live = new byte[MARGIN + objects + MARGIN];
        this.geometry = geometry;
        this.region = region;
        this.onDemand = onDemand;
        this.views = new SlabViews(live.length, geometry.keepsHandles, onDemand);
        this.freeMap = new FreeMap(base, geometry.stride, objects);
    }

    /** Of the object that starts at an address; for any other address, unsigned, at least {@code objects}. */
    private long number(long address) {
        return Division.quotient(address - base, inverse, twos);
    }

    /** Whether an object of this slab starts at an address, which may be anything. Never while the slab is hidden. */
    public boolean hasObjectAt(long address) {
        return Long.compareUnsigned(number(address), visible) < 0;
    }

    /** Like {@link #hasObjectAt}, but even if the slab is hidden. */
    public boolean startsAt(long address) {
        return Long.compareUnsigned(number(address), objects) < 0;
    }

    /**
     * Whether an address, which may be anything, lies in this slab. Never while the slab is hidden: it is hidden under the
     * list's lock before other memory can get its addresses, and every later owner of an object of that memory has passed
     * that lock since. So a thread may keep a slab as its guess.
     */
    public boolean contains(long address) {
        return visible != 0 && covers(address);
    }

    /** Like {@link #contains}, but even if the slab is hidden. */
    boolean covers(long address) {
        return Long.compareUnsigned(address - base, length) < 0;
    }

    /** The place of an object in the slab's tables. */
    public int place(long address) {
        return (int) number(address) + MARGIN;
    }

    /** The live bytes of all objects, for a caller that keeps the place of one. */
    public byte[] liveBytes() {
        return live;
    }

    /** Marks an object, owned by the caller, live. */
    public void markLive(long address) {
        live[place(address)] = LIVE;
    }

    /**
     * Marks an object free. Returns false and changes nothing if it is not {@link #LIVE}. If two threads free one
     * object at the same moment, both may get true.
     */
    public boolean markFree(long address) {
        byte[] live = this.live;
        int place = place(address);
        if (live[place] <= 0) {
            return false;
        }
        live[place] = 0;
        return true;
    }

    /** Whether an object is live, in whatever way it was handed out. */
    public boolean isLive(long address) {
        byte mark = live[place(address)];
        return mark != 0 && mark != Generations.WAS_NUMBERED;
    }

    /** The segment of exactly one object; where handles are kept, always the same instance. */
    public MemorySegment handle(long address) {
        MemorySegment handle = handleIfCreated(address);
        return handle != null ? handle : createHandle(address);
    }

    /** The kept segment of an object, which covers exactly the object; {@code null} if it was not made yet. */
    public MemorySegment handleIfCreated(long address) {
        MemorySegment[] handles = this.handles;
        return handles == null ? null : handles[place(address)];
    }

    /** Without kept handles there is never a table, so no look-up finds a handle. */
    private MemorySegment createHandle(long address) {
        MemorySegment made = newSegment(address);
        return geometry.keepsHandles ? HandleTable.keep(made, createHandles(), place(address), onDemand) : made;
    }

    private MemorySegment[] createHandles() {
        MemorySegment[] found = (MemorySegment[]) HANDLES.getAcquire(this);
        if (found != null) {
            return found;
        }
        MemorySegment[] created = HandleTable.create(live.length, onDemand);
        MemorySegment[] other = (MemorySegment[]) HANDLES.compareAndExchange(this, null, created);
        if (other == null) {
            return created;
        }
        HandleTable.drop(created, onDemand);
        return other;
    }

    /** A new segment of exactly one object, which is not kept. */
    public MemorySegment newSegment(long address) {
        return memory().asSlice(address - start(), geometry.objectSize);
    }

    /** The memory of all objects. */
    public MemorySegment memory() {
        return region.segment();
    }

    /** The words of the {@link Generations}, or {@code null} if no generation was needed yet. */
    public int[] generations() {
        return generations;
    }

    /** Like {@link #generations}, but makes them if there are none. */
    public int[] createGenerations() {
        int[] found = generations;
        if (found != null) {
            return found;
        }
        int[] created = Generations.create(live.length, onDemand);
        int[] other = (int[]) GENERATIONS.compareAndExchange(this, null, created);
        if (other == null) {
            return created;
        }
        Generations.drop(created, onDemand);
        return other;
    }

    /** Makes look-ups miss all objects, and keeps spare objects from being allocated. Under the list's lock. */
    void hide() {
        visible = 0;
        live[HIDDEN] = 1;
    }

    /** Undoes {@link #hide}. */
    void show() {
        visible = objects;
        live[HIDDEN] = 0;
    }

    /**
     * Ends a slab that no look-up finds any more; no object is live, except on a lease. A thread that keeps the slab as
     * its guess keeps little other heap reachable. No thread makes a new handle or generation. Allocates nothing.
     */
    @Override
    public void retire() {
        hide();
        LeaseMarks.clearOthers(live, HIDDEN + 1);
        Generations.end(generations, onDemand);
        generations = null;
        HandleTable.drop((MemorySegment[]) HANDLES.getAcquire(this), onDemand);
        handles = null;
        views.end();
        live[HIDDEN] = GONE;
    }

    /** Whether the slab was retired; may lag for a thread that did not retire it. */
    public boolean isRetired() {
        return isRetired(live);
    }

    /** The same of the slab that has these live bytes. */
    public static boolean isRetired(byte[] live) {
        return live[HIDDEN] == GONE;
    }

    @Override
    public boolean isAnyLeased() {
        return LeaseMarks.isAny(live);
    }

    /** The number of all objects: live, cached and free. */
    public int objects() {
        return objects;
    }

    /** The index of the object whose stride covers an address within the slab. */
    public int indexOf(long address) {
        return geometry.indexOf(address - base);
    }

    /** The address of the object with an index. */
    public long address(int index) {
        return base + index * geometry.stride;
    }

    public long base() {
        return base;
    }

    /** The first byte of its memory; a gap may separate it from the first object. */
    long start() {
        return base - geometry.leadingGap;
    }

    /** The first byte behind the last object. */
    long end() {
        return base + length;
    }

    SlabRegion region() {
        return region;
    }

    /** Whether the object with an index is free in the slab; may lag without the list's lock. */
    public boolean isFree(int index) {
        return freeMap.isFree(index);
    }
}

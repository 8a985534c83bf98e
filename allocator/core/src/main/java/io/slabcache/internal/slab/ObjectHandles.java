package io.slabcache.internal.slab;

import java.lang.foreign.MemorySegment;
import java.lang.invoke.ConstantBootstraps;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/** The segment of each object. Made on first use and then kept, unless the cache keeps none. */
abstract class ObjectHandles extends ObjectGenerations {
    private static final VarHandle HANDLES = ConstantBootstraps.fieldVarHandle(
            MethodHandles.lookup(), "handles", VarHandle.class, ObjectHandles.class, MemorySegment[].class);
    private static final VarHandle HANDLE = MethodHandles.arrayElementVarHandle(MemorySegment[].class);

    /** Heap of a segment in bytes, for 4-byte references. */
    private static final int SEGMENT_BYTES = 40;

    /**
     * Indexed like the live bytes. Null until first use; set by compare-and-set; null again when the slab is removed.
     */
    private MemorySegment[] handles;

    final SlabGeometry geometry;
    final SlabRegion region;

    ObjectHandles(SlabGeometry geometry, SlabRegion region, int objects, OnDemandHeap onDemand) {
        super(region.segment().address() + geometry.leadingGap, geometry.inverse, geometry.twos, objects, onDemand);
        this.geometry = geometry;
        this.region = region;
    }

    /** For a slab without objects. */
    ObjectHandles() {
        super(0, 0, 0, 0, new OnDemandHeap());
        this.geometry = null;
        this.region = null;
    }

    /**
     * {@return the segment of exactly one object; where handles are kept, always the same instance}
     *
     * @param address of an object of this slab
     */
    public final MemorySegment handle(long address) {
        MemorySegment handle = handleIfCreated(address);
        return handle != null ? handle : createHandle(address);
    }

    /**
     * {@return the kept segment of an object, or {@code null} if it was not made yet}
     *
     * @param address of an object of this slab
     */
    public final MemorySegment handleIfCreated(long address) {
        MemorySegment[] handles = this.handles;
        return handles == null ? null : handles[place(address)];
    }

    /**
     * {@return whether a segment is the kept handle of an object, and so covers exactly that object}
     *
     * @param object any segment
     * @param address of an object of this slab
     */
    public final boolean isHandle(MemorySegment object, long address) {
        return handleIfCreated(address) == object;
    }

    /**
     * Creates the segment of an object. If two threads do so at once, both get the one that is kept. Without kept
     * handles there is never a table, so no look-up finds a handle.
     */
    private MemorySegment createHandle(long address) {
        if (!geometry.keepsHandles) {
            return newSegment(address);
        }
        MemorySegment[] handles = (MemorySegment[]) HANDLES.getAcquire(this);
        if (handles == null) {
            handles = createHandles();
        }
        MemorySegment handle = newSegment(address);
        onDemand.make(SEGMENT_BYTES);
        MemorySegment other = (MemorySegment) HANDLE.compareAndExchange(handles, place(address), null, handle);
        if (other == null) {
            return handle;
        }
        onDemand.drop(SEGMENT_BYTES);
        return other;
    }

    private MemorySegment[] createHandles() {
        MemorySegment[] created = new MemorySegment[places()];
        onDemand.make(handlesBytes());
        MemorySegment[] other = (MemorySegment[]) HANDLES.compareAndExchange(this, null, created);
        if (other == null) {
            return created;
        }
        onDemand.drop(handlesBytes());
        return other;
    }

    /**
     * {@return a new segment of exactly one object, which is not kept}
     *
     * @param address of an object of this slab
     */
    public final MemorySegment newSegment(long address) {
        MemorySegment memory = memory();
        return memory.asSlice(address - memory.address(), geometry.objectSize);
    }

    /** Drops the handles of a removed slab. No object is live, so no thread makes a new one. */
    final void endHandles() {
        MemorySegment[] ended = (MemorySegment[]) HANDLES.getAcquire(this);
        if (ended == null) {
            return;
        }
        long bytes = handlesBytes();
        for (MemorySegment handle : ended) {
            bytes += handle == null ? 0 : SEGMENT_BYTES;
        }
        handles = null;
        onDemand.drop(bytes);
    }

    private long handlesBytes() {
        return places() * 4L;
    }

    /** {@return the memory of all objects} */
    public final MemorySegment memory() {
        return region.segment();
    }

    final SlabRegion region() {
        return region;
    }
}

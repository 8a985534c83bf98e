package io.slabcache.internal.slab;

import java.lang.foreign.MemorySegment;
import java.lang.invoke.ConstantBootstraps;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/** The segment of each object, made when it is first wanted and then kept, unless the cache keeps none. */
abstract class ObjectHandles extends ObjectGenerations {
    private static final VarHandle HANDLES = ConstantBootstraps.fieldVarHandle(
            MethodHandles.lookup(), "handles", VarHandle.class, ObjectHandles.class, MemorySegment[].class);
    private static final VarHandle HANDLE = MethodHandles.arrayElementVarHandle(MemorySegment[].class);

    /** A segment, with 4-byte references. */
    private static final int SEGMENT_BYTES = 40;

    /** At the places of the live bytes. Null until a segment is wanted; set by compare-and-set, and null again at the end. */
    private MemorySegment[] handles;

    final SlabGeometry geometry;
    final SlabRegion region;

    ObjectHandles(SlabGeometry geometry, SlabRegion region, int objects, OnDemandHeap onDemand) {
        super(region.segment().address() + geometry.leadingGap, geometry.inverse, geometry.twos, objects, onDemand);
        this.geometry = geometry;
        this.region = region;
    }

    /** Of no object. */
    ObjectHandles() {
        super(0, 0, 0, 0, new OnDemandHeap());
        this.geometry = null;
        this.region = null;
    }

    /**
     * {@return the segment of exactly one object; where handles are kept, always the same instance once it was created}
     *
     * @param address of an object of this slab
     */
    public final MemorySegment handle(long address) {
        MemorySegment handle = handleIfCreated(address);
        return handle != null ? handle : createHandle(address);
    }

    /**
     * {@return the segment of an object, or {@code null} if nobody has wanted it yet}
     *
     * @param address of an object of this slab
     */
    public final MemorySegment handleIfCreated(long address) {
        MemorySegment[] handles = this.handles;
        return handles == null ? null : handles[place(address)];
    }

    /**
     * {@return whether a segment is the handle of an object of this slab, and so starts and ends where that does}
     *
     * @param object any segment
     * @param address of an object of this slab
     */
    public final boolean isHandle(MemorySegment object, long address) {
        return handleIfCreated(address) == object;
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
     * {@return a segment of exactly one object that is kept nowhere}
     *
     * @param address of an object of this slab
     */
    public final MemorySegment newSegment(long address) {
        MemorySegment memory = memory();
        return memory.asSlice(address - memory.address(), geometry.objectSize);
    }

    /** Forgets the handles of a slab that is gone: of one that has no live object, so that no thread makes any. */
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

    /** {@return the memory that the objects lie in} */
    public final MemorySegment memory() {
        return region.segment();
    }

    final SlabRegion region() {
        return region;
    }
}

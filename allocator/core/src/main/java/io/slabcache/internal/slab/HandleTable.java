package io.slabcache.internal.slab;

import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/** Makes and drops the table of a {@link Slab}'s handles, and counts its heap. */
final class HandleTable {
    private static final VarHandle HANDLE = MethodHandles.arrayElementVarHandle(MemorySegment[].class);

    /** Heap of a segment in bytes, for 4-byte references. */
    private static final int SEGMENT_BYTES = 40;

    private HandleTable() {}

    static MemorySegment[] create(int places, OnDemandHeap onDemand) {
        MemorySegment[] created = new MemorySegment[places];
        onDemand.make(created.length * 4L);
        return created;
    }

    /** Keeps a new handle; returns the one that is kept. If two threads do so at once, both get the same. */
    static MemorySegment keep(MemorySegment made, MemorySegment[] handles, int place, OnDemandHeap onDemand) {
        onDemand.make(SEGMENT_BYTES);
        MemorySegment other = (MemorySegment) HANDLE.compareAndExchange(handles, place, null, made);
        if (other == null) {
            return made;
        }
        onDemand.drop(SEGMENT_BYTES);
        return other;
    }

    /** Counts a table, if there is one, and its handles as dropped. Allocates nothing. */
    static void drop(MemorySegment[] ended, OnDemandHeap onDemand) {
        if (ended == null) {
            return;
        }
        long bytes = ended.length * 4L;
        for (MemorySegment handle : ended) {
            bytes += handle == null ? 0 : SEGMENT_BYTES;
        }
        onDemand.drop(bytes);
    }
}

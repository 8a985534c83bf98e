package io.slabcache.internal.debug;

import io.slabcache.diagnostics.ObjectTrack;
import org.jspecify.annotations.Nullable;

/** The state and tracks of each object of one slab. Guarded by the lock of the {@link DebugLayer}. */
final class ObjectRecords {
    /** The state of an object. In transit between its slab and a call it is {@link #FREE}. */
    enum State {
        FREE,
        LIVE,
        QUARANTINED
    }

    private static final State[] STATES = State.values();
    private static final int BYTES_PER_TRACK = 64;

    private final byte[] states;

    /** Null unless the cache is tracked. */
    private final @Nullable ObjectTrack @Nullable [] allocated;

    private final @Nullable ObjectTrack @Nullable [] freed;

    /** The last bytes of each object that its user did not ask for; null if all were given whole objects. */
    private int @Nullable [] unused;

    /** Whether the {@link Account} counts the heap of this. */
    boolean isCounted;

    ObjectRecords(int objects, boolean tracked) {
        states = new byte[objects];
        allocated = tracked ? new ObjectTrack[objects] : null;
        freed = tracked ? new ObjectTrack[objects] : null;
    }

    State state(int index) {
        return STATES[states[index]];
    }

    void become(int index, State state) {
        states[index] = (byte) state.ordinal();
    }

    void leaveUnused(int index, int bytes) {
        if (unused == null) {
            unused = new int[states.length];
        }
        unused[index] = bytes;
    }

    int unused(int index) {
        return unused == null ? 0 : unused[index];
    }

    /** Notes a new owner, who has the whole object unless told otherwise. */
    void allocatedBy(int index, @Nullable ObjectTrack track) {
        if (unused != null) {
            unused[index] = 0;
        }
        if (allocated != null) {
            allocated[index] = track;
        }
    }

    void freedBy(int index, @Nullable ObjectTrack track) {
        if (freed != null) {
            freed[index] = track;
        }
    }

    /** The last allocation of an object, or null if there was none or it is unknown. */
    @Nullable
    ObjectTrack allocated(int index) {
        return allocated == null ? null : allocated[index];
    }

    /** The last free of an object, or null if there was none or it is unknown. */
    @Nullable
    ObjectTrack freed(int index) {
        return freed == null ? null : freed[index];
    }

    /** The last allocation of an object, or its last free. */
    @Nullable
    ObjectTrack track(int index, boolean ofAllocation) {
        return ofAllocation ? allocated(index) : freed(index);
    }

    /** An estimate. */
    long heapBytes() {
        return states.length + (allocated == null ? 0L : 2L * states.length * BYTES_PER_TRACK);
    }
}

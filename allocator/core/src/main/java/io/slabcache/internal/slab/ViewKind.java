package io.slabcache.internal.slab;

/** The kinds of Java objects that an edge of the library keeps for each object of a cache. */
public enum ViewKind {
    /** A {@code java.nio.ByteBuffer}, which keeps the segment of its object. */
    BYTE_BUFFER(64, true),

    /** An {@code UnsafeBuffer} of Agrona, of an address alone. */
    UNSAFE_BUFFER(32, false),

    /** A {@code ByteBuf} of Netty with its count and, once it was used for I/O, its {@code ByteBuffer}. */
    BYTE_BUF(168, true);

    /** The number of kinds. */
    static final int COUNT = values().length;

    /** Without {@code values()}, which copies an array. */
    private static final ViewKind[] ALL = values();

    /** Heap of a segment in bytes. */
    private static final int SEGMENT_BYTES = 40;

    private final int bytes;
    private final boolean keepsSegment;

    ViewKind(int bytes, boolean keepsSegment) {
        this.bytes = bytes;
        this.keepsSegment = keepsSegment;
    }

    /** {@return whether a view keeps the segment of its object} */
    public boolean keepsSegment() {
        return keepsSegment;
    }

    static ViewKind of(int number) {
        return ALL[number];
    }

    /** The Java heap of one view in bytes, for 4-byte references, without a segment that the slab keeps anyway. */
    int bytes(boolean keepsHandles) {
        return bytes + (keepsSegment && !keepsHandles ? SEGMENT_BYTES : 0);
    }
}

package io.slabcache.diagnostics;

import java.util.Objects;

/**
 * Thrown by a debugged cache that finds an object overwritten. The object has then been repaired and set aside. A free
 * has done its work; an allocation has handed out nothing. If the heap has no room for the report, this is logged and
 * not thrown: the free is done, and an allocation tries the next object.
 *
 * <pre>{@code
 * try {
 *     cache.free(packet);
 * } catch (CorruptedObjectException e) {
 *     dump(e.object(), e.offset());       // REDZONE: a write beyond the packet
 * }
 * }</pre>
 */
public final class CorruptedObjectException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** The kinds of damage. */
    public enum Kind {
        /** A write past the end or before the start of an object. */
        REDZONE,
        /** A write to a free object. */
        USE_AFTER_FREE,
        /** A slab's account of its objects is wrong: a bug in this library. */
        SLAB
    }

    /** The kind of damage. */
    private final Kind kind;

    /** Address of the object. */
    private final long object;

    /** Bytes from the object's start to the first bad byte. */
    private final long offset;

    /**
     * Creates the exception for one damaged object.
     *
     * @param kind of the damage
     * @param object address of the object
     * @param offset of the first bad byte, in bytes from the object's start
     * @param message all of this in words
     */
    public CorruptedObjectException(Kind kind, long object, long offset, String message) {
        super(message);
        this.kind = Objects.requireNonNull(kind, "kind");
        this.object = object;
        this.offset = offset;
    }

    /**
     * Returns what was found.
     *
     * @return the kind of corruption
     */
    public Kind kind() {
        return kind;
    }

    /**
     * Returns the object that was damaged, itself or in the redzones around it.
     *
     * @return its address
     */
    public long object() {
        return object;
    }

    /**
     * Returns where the first bad byte is.
     *
     * @return bytes from the start of the object, negative before it
     */
    public long offset() {
        return offset;
    }
}

package io.slabcache.diagnostics;

import java.util.Objects;

/**
 * Thrown by a debugged cache that finds an object overwritten. By then the object has been repaired and put aside, and
 * the call has done its work, if it was a free; an allocation has handed out nothing. If the heap is too full for the
 * report, that is logged and not thrown: the free has happened, and an allocation goes on to the next object.
 */
public final class CorruptedObjectException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** What was found. */
    public enum Kind {
        /** Somebody wrote past the end or before the start of an object. */
        REDZONE,
        /** Somebody wrote to an object that was free. */
        USE_AFTER_FREE,
        /** The slab's account of its objects was wrong, by a mistake in this library. */
        SLAB
    }

    /** What was found. */
    private final Kind kind;

    /** Address of the object. */
    private final long object;

    /** From there to the first bad byte. */
    private final long offset;

    /**
     * Something that was found.
     *
     * @param kind what it is
     * @param object address of the object
     * @param offset of the first bad byte from there
     * @param message all of this in words
     */
    public CorruptedObjectException(Kind kind, long object, long offset, String message) {
        super(message);
        this.kind = Objects.requireNonNull(kind, "kind");
        this.object = object;
        this.offset = offset;
    }

    /**
     * What was found.
     *
     * @return the kind of corruption
     */
    public Kind kind() {
        return kind;
    }

    /**
     * The object that was overwritten, or around which was written.
     *
     * @return its address
     */
    public long object() {
        return object;
    }

    /**
     * Where the first bad byte is.
     *
     * @return bytes from the first one of the object, negative before it
     */
    public long offset() {
        return offset;
    }
}

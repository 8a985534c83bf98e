package io.slabcache.diagnostics;

import java.util.Objects;

/**
 * Thrown by a free of anything but a live object of the cache. The call has changed nothing.
 *
 * <pre>{@code
 * cache.free(packet);
 * cache.free(packet);     // throws, with kind() DOUBLE_FREE
 * }</pre>
 */
public final class InvalidFreeException extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    /** What is wrong with the freed address or segment. */
    public enum Kind {
        /** It lies in no slab of any cache, or is not native memory. */
        FOREIGN,
        /** It lies inside an object of this cache, not at its start. */
        INTERIOR,
        /** It is an object of another cache. */
        WRONG_CACHE,
        /** It is an object that is free already, or leased: only closing the lease frees it. */
        DOUBLE_FREE,
        /** It starts like an object but has another size. */
        WRONG_SIZE,
        /** It is {@code null} or 0. */
        NULL
    }

    /** What is wrong. */
    private final Kind kind;

    /**
     * Creates the exception for a refused free.
     *
     * @param kind what is wrong
     * @param message what was given, what was expected and the likely mistake
     */
    public InvalidFreeException(Kind kind, String message) {
        super(message);
        this.kind = Objects.requireNonNull(kind, "kind");
    }

    /**
     * Returns what is wrong with the freed address or segment.
     *
     * @return the kind of misuse
     */
    public Kind kind() {
        return kind;
    }
}

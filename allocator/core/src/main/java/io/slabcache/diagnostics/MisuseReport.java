package io.slabcache.diagnostics;

import java.util.Objects;
import java.util.Optional;

/**
 * Something that a cache found: a call that broke the contract, or the trace of one. What it is about is over by then:
 * the call was refused, or the object repaired.
 *
 * @param cache name of the cache
 * @param cacheId number of the cache, as {@link io.slabcache.SlabCache#id()}
 * @param kind what it is
 * @param address what was freed, or the first byte that was overwritten; 0 if there is none
 * @param object address of the object, or 0 if it is none of the cache
 * @param index of the object in its slab, or -1
 * @param slab address of the first object of the slab, or 0
 * @param allocated who allocated the object last, if that is tracked
 * @param freed who freed the object last, if that is tracked
 * @param text all of this for humans, on several lines
 */
public record MisuseReport(
        String cache,
        long cacheId,
        Kind kind,
        long address,
        long object,
        int index,
        long slab,
        Optional<ObjectTrack> allocated,
        Optional<ObjectTrack> freed,
        String text) {
    /** What was found. */
    public enum Kind {
        /** A free, as {@link InvalidFreeException.Kind#FOREIGN}. */
        FOREIGN,
        /** A free, as {@link InvalidFreeException.Kind#INTERIOR}. */
        INTERIOR,
        /** A free, as {@link InvalidFreeException.Kind#WRONG_CACHE}. */
        WRONG_CACHE,
        /** A free, as {@link InvalidFreeException.Kind#DOUBLE_FREE}. */
        DOUBLE_FREE,
        /** A free, as {@link InvalidFreeException.Kind#WRONG_SIZE}. */
        WRONG_SIZE,
        /** A free, as {@link InvalidFreeException.Kind#NULL}. */
        NULL,
        /** As {@link CorruptedObjectException.Kind#REDZONE}. */
        REDZONE,
        /** As {@link CorruptedObjectException.Kind#USE_AFTER_FREE}. */
        USE_AFTER_FREE,
        /** As {@link CorruptedObjectException.Kind#SLAB}. */
        SLAB,
        /** Nobody can free the object any more; found by {@code -Dslabcache.leaks=}, and never thrown. */
        LEAK
    }

    /** Nothing but the tracks may be missing. */
    public MisuseReport {
        Objects.requireNonNull(cache, "cache");
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(allocated, "allocated");
        Objects.requireNonNull(freed, "freed");
        Objects.requireNonNull(text, "text");
    }

    /**
     * Where {@link #address} lies, seen from the start of the object.
     *
     * @return bytes, negative before the object; 0 if there is no object
     */
    public long offset() {
        return object == 0 ? 0 : address - object;
    }
}

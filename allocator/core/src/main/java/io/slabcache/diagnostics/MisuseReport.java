package io.slabcache.diagnostics;

import java.util.Objects;
import java.util.Optional;

/**
 * A misuse that a cache found: a call that broke the contract, or damage from an earlier one. When the listener gets
 * it, the call has been refused or the object repaired.
 *
 * <pre>{@code
 * SlabCache.builder("orders", 128).onReport(report -> alarm(report.kind(), report.text())).build();
 * }</pre>
 *
 * @param cache name of the cache
 * @param cacheId number of the cache, as {@link io.slabcache.SlabCache#id()}
 * @param kind of the misuse
 * @param address what was freed, or the first byte that was overwritten; 0 if there is none
 * @param object address of the object, or 0 if no object of the cache is concerned
 * @param index of the object in its slab, or -1
 * @param slab address of the first object of the slab, or 0
 * @param allocated the object's last allocation, if tracked
 * @param freed the object's last free, if tracked
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
    /** The kinds of misuse. */
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
        /** A leak: no code can free the object any more. Found with {@code -Dslabcache.leaks=}; never thrown. */
        LEAK
    }

    /** Requires everything but the two tracks. */
    public MisuseReport {
        Objects.requireNonNull(cache, "cache");
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(allocated, "allocated");
        Objects.requireNonNull(freed, "freed");
        Objects.requireNonNull(text, "text");
    }

    /**
     * Returns where {@link #address} lies, relative to the start of the object.
     *
     * @return bytes, negative before the object; 0 if there is no object
     */
    public long offset() {
        return object == 0 ? 0 : address - object;
    }
}

package io.slabcache.internal.cache;

/** How much a cache knows about its objects. Fixed when the cache is built. */
public enum Mode {
    /** Callers are trusted: live bytes are not kept. */
    UNCHECKED,

    /** Each object's live byte tells whether the object is live. */
    CHECKED,

    /**
     * The debug layer accounts for each object. The magazines have capacity zero, so every call reaches that layer.
     */
    DEBUGGED
}

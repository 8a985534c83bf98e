package io.slabcache.internal.cache;

/** How much a cache knows of its objects. Chosen once, when the cache is built. */
public enum Mode {
    /** Objects have no live bytes that are kept: the callers are trusted. */
    UNCHECKED,

    /** Each object's live byte tells whether it is handed out. */
    CHECKED,

    /** The debug layer has an account of each object. The magazines have no places, so that every call goes through it. */
    DEBUGGED
}

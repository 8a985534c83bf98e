package io.slabcache.diagnostics;

/**
 * What a cache does with a call that breaks the contract, or with the traces of one. It is counted and leaves the cache
 * intact either way.
 */
public enum MisusePolicy {
    /** Throws {@link InvalidFreeException} or, in a debugged cache, {@link CorruptedObjectException}. */
    THROW,

    /** Logs the first one of each kind through {@link System.Logger} {@code io.slabcache} and ignores the call. */
    WARN_ONCE
}

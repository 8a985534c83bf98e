package io.slabcache;

/** What a cache does with a call that breaks the contract. It is counted and leaves the cache intact either way. */
public enum MisusePolicy {
    /** Throws {@link InvalidFreeException}. */
    THROW,

    /** Logs the first call of each kind through {@link System.Logger} {@code io.slabcache} and ignores the call. */
    WARN_ONCE
}

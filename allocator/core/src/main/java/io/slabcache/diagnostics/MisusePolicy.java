package io.slabcache.diagnostics;

/**
 * What a cache does about a call that breaks the contract, or about damage from such a call. Either way it counts the
 * misuse and stays intact.
 *
 * <pre>{@code
 * SlabCache.builder("orders", 128).onMisuse(MisusePolicy.WARN_ONCE).build();
 * }</pre>
 */
public enum MisusePolicy {
    /** Throws {@link InvalidFreeException} or, in a debugged cache, {@link CorruptedObjectException}. */
    THROW,

    /** Logs the first misuse of each kind through {@link System.Logger} {@code io.slabcache} and ignores the call. */
    WARN_ONCE
}

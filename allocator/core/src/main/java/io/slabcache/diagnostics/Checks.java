package io.slabcache.diagnostics;

/**
 * What a cache checks on every free.
 *
 * <pre>{@code
 * SlabCache.builder("orders", 128).checks(Checks.NONE).build();
 * }</pre>
 */
public enum Checks {
    /**
     * Checks every free. A foreign, interior, wrong-cache, wrong-size or double free is refused and reported, and
     * changes nothing. Costs a few loads per free and one byte of heap per object.
     *
     * <p>Not detected: two frees of one object at the same moment, which may both succeed, and a double free after the
     * object was handed out again. {@link Debug} detects the first.
     */
    STANDARD,

    /** Trusts the caller: a bad free corrupts the cache. For code that was tested with {@link #STANDARD}. */
    NONE
}

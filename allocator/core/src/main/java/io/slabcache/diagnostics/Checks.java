package io.slabcache.diagnostics;

/** What a cache checks on every free. */
public enum Checks {
    /**
     * Every free is checked: foreign, interior, wrong-cache, wrong-size and double frees are refused and reported, and
     * nothing is changed by them. Costs a few loads and one byte of heap per object.
     *
     * <p>Two threads that free one object at the same moment may both be believed; a double free after the object was
     * handed out again cannot be told from a proper one.
     */
    STANDARD,

    /** Trusts the caller: a bad free corrupts the cache. For code that was tested with {@link #STANDARD}. */
    NONE
}

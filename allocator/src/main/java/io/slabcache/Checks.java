package io.slabcache;

/** How much a cache checks on every free. */
public enum Checks {
    /** Always on. */
    STANDARD,
    /** Trusts the caller. */
    NONE
}

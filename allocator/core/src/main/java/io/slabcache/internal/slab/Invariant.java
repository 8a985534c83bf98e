package io.slabcache.internal.slab;

/** What a validation of the slab layer finds broken. */
final class Invariant {
    private Invariant() {}

    static void check(boolean holds, String what, long value) {
        if (!holds) {
            throw new AssertionError(what + ": " + value);
        }
    }
}

package io.slabcache.internal.slab;

/** Reports a broken invariant of the slab layer. */
final class Invariant {
    private Invariant() {}

    static void check(boolean holds, String what, long value) {
        if (!holds) {
            throw new AssertionError(what + ": " + value);
        }
    }
}

package io.slabcache.tests.soak;

import java.lang.foreign.MemorySegment;

/**
 * A live object that a thread holds.
 *
 * @param target the cache of the object
 * @param address of it
 * @param mark of its contents
 */
record Held(Target target, long address, Mark mark) {
    MemorySegment segment() {
        return target.cache().segment(address);
    }

    void check() {
        try {
            Contents.check(segment(), mark);
        } catch (AssertionError | RuntimeException e) {
            throw new AssertionError(this + ": " + e.getMessage(), e);
        }
    }

    /** Writes the contents of a free object, for its next owner. */
    void markFree(Mark by) {
        Contents.fill(segment(), by.freed());
    }

    @Override
    public String toString() {
        return "object 0x" + Long.toHexString(address) + " of " + target.cache() + ", " + mark;
    }
}

package io.slabcache.tests.soak;

import java.lang.foreign.MemorySegment;

/**
 * A live object in somebody's hands.
 *
 * @param target whose object it is
 * @param address of it
 * @param mark what its contents are
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

    /** Writes what a free object holds, for whoever gets it next. */
    void markFree(Mark by) {
        Contents.fill(segment(), by.freed());
    }

    @Override
    public String toString() {
        return "object 0x" + Long.toHexString(address) + " of " + target.cache() + ", " + mark;
    }
}

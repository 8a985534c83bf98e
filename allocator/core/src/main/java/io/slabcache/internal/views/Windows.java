package io.slabcache.internal.views;

import java.util.Arrays;

/**
 * The upper bits of the addresses of a cache's memory, for views that tell the low bits only. A window is all addresses
 * with the same upper bits; a cache has memory in few of them.
 */
final class Windows {
    /** Trying more than that would take longer than asking a view for its whole address. */
    private static final int MOST = 64;

    /** The low bits. */
    private final long mask;

    /**
     * The start of each known window. Written by any thread, read plainly, and only a hint: a view in a window that a
     * thread does not see is asked for its whole address.
     */
    private long[] known;

    /** All addresses are one window if views tell all bits. */
    Windows(long mask) {
        this.mask = mask;
        this.known = mask == -1 ? new long[1] : new long[0];
    }

    /** Returns the starts of all known windows. */
    long[] known() {
        return known;
    }

    /** Adds the window of an address. */
    void learn(long address) {
        long window = address & ~mask;
        long[] before = known;
        if (before.length < MOST && Arrays.stream(before).noneMatch(each -> each == window)) {
            long[] more = Arrays.copyOf(before, before.length + 1);
            more[before.length] = window;
            known = more;
        }
    }
}

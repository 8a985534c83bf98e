package io.slabcache.internal.slab;

/** One growth of a supply, made by the thread that needs objects while it holds nothing. */
final class Growth {
    /** The foreign code that the thread of a growth is running. */
    enum Phase {
        SOURCE("memory source", "a source that allocates elsewhere; it may call shrink(), flush() and stats()"),
        CONSTRUCTOR("constructor callback", "a constructor that only writes the segment it is given");

        final String code;
        final String expected;

        Phase(String code, String expected) {
            this.code = code;
            this.expected = expected;
        }
    }

    /** The answer to a request for growth. */
    enum Start {
        /** Granted: this thread grows the supply, and the objects of its slab are reserved. */
        BEGUN,
        /** Not needed: some objects are free. */
        NOT_NEEDED,
        /** Refused: the bound is reached. */
        AT_BOUND,
        /** Refused: this thread is inside a growth. */
        REENTERED,
        /** Wait: other threads grow the supply, perhaps by enough. */
        WAIT,
        /** Wait: other threads have reserved the rest of the bound. */
        WAIT_AT_BOUND
    }

    final Thread thread = Thread.currentThread();

    private final long wantedAt = System.nanoTime();

    /** Accessed by the thread of the growth. */
    Phase phase = Phase.SOURCE;

    // Guarded by the lock of Growths.
    int objects;
    long begunAt;
    Slab slab;
    Growth next;

    /** Whether the thread has wanted to grow for this long. */
    boolean hasWaitedFor(long nanos) {
        return System.nanoTime() - wantedAt > nanos;
    }
}

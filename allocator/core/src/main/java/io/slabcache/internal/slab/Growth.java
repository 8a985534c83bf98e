package io.slabcache.internal.slab;

/** One growth of a supply: made by the thread that needs objects, before it holds anything. */
final class Growth {
    /** Whose code the thread of a growth is in. */
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

    /** What becomes of the wish to grow. */
    enum Start {
        /** The thread grows the supply; the objects of its slab are reserved. */
        BEGUN,
        /** Some objects are free. */
        NOT_NEEDED,
        /** The bound is reached. */
        AT_BOUND,
        /** The thread is in the middle of a growth. */
        REENTERED,
        /** Others grow, which may soon be enough. */
        WAIT,
        /** Others have reserved all that the bound has left. */
        WAIT_AT_BOUND
    }

    final Thread thread = Thread.currentThread();

    private final long wantedAt = System.nanoTime();

    /** Written and read by the thread of the growth. */
    Phase phase = Phase.SOURCE;

    // Guarded by the lock of Growths.
    int objects;
    long begunAt;
    Slab slab;
    Growth next;

    /** Whether the thread wants to grow for so long already. */
    boolean hasWaitedFor(long nanos) {
        return System.nanoTime() - wantedAt > nanos;
    }
}

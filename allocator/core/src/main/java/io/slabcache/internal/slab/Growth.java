package io.slabcache.internal.slab;

/** One growth of a supply, made while its thread holds nothing. */
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

    /** What a growth is for. */
    enum Kind {
        /** A thread needs an object now. The slab is small, because other threads may wait for it. */
        HURRIED,
        /**
         * A keeper keeps objects ready. It serves other caches too, so it does not wait; and it leaves objects below the
         * bound to threads in a hurry, so that these need not wait for its large slab.
         */
        KEPT,
        /** The user reserves objects, and waits until they are there. */
        RESERVED
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

    final Kind kind;

    /** Free objects that make the growth unnecessary. */
    final long enough;

    final long wantedAt = System.nanoTime();

    /** Accessed by the thread of the growth. */
    Phase phase = Phase.SOURCE;

    /** Whether its thread made a slab or waited. Accessed by that thread. */
    boolean isStall;

    /** The shrinks before it began, if one of them makes it useless; else -1. Accessed by its thread. */
    long shrinks = -1;

    // Guarded by the lock of Growths.
    int objects;
    long begunAt;
    Slab slab;
    Growth next;

    private Growth(Kind kind, long enough) {
        this.kind = kind;
        this.enough = enough;
    }

    static Growth hurried() {
        return new Growth(Kind.HURRIED, 1);
    }

    /** A growth that is not needed yet; so many free objects make it unnecessary. */
    static Growth kept(long enough) {
        return new Growth(Kind.KEPT, enough);
    }

    /** A growth that the user waits for; so many free objects make it unnecessary. */
    static Growth reserved(long enough) {
        return new Growth(Kind.RESERVED, enough);
    }

    boolean isHurried() {
        return kind == Kind.HURRIED;
    }

    /** Whether the thread waits for other growths. */
    boolean mayWait() {
        return kind != Kind.KEPT;
    }

    /** Objects of the next slab; 0 if the bound allows none. */
    int nextSlabObjects(SlabGeometry geometry, long totalObjects) {
        return switch (kind) {
            case HURRIED -> geometry.nextHurriedSlabObjects(totalObjects);
            case KEPT -> geometry.nextKeptSlabObjects(totalObjects);
            case RESERVED -> geometry.nextSlabObjects(totalObjects);
        };
    }

    /** Whether the thread has wanted to grow for this long. */
    boolean hasWaitedFor(long nanos) {
        return System.nanoTime() - wantedAt > nanos;
    }
}

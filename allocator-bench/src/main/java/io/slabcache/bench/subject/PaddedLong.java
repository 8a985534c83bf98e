package io.slabcache.bench.subject;

/** A number of one thread, on lines of its own: as fields of a subject, those of two threads would lie on one. */
final class PaddedLong {

    private static final int PADDING = 16;

    private final long[] lines = new long[2 * PADDING];

    long get() {
        return lines[PADDING];
    }

    void add(long more) {
        lines[PADDING] += more;
    }
}

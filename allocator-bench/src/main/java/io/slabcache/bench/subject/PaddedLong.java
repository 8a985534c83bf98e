package io.slabcache.bench.subject;

/**
 * A counter of one thread, padded against false sharing: as fields of a subject, two threads' counters would share a
 * line.
 */
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

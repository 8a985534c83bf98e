package io.slabcache.tests.handles;

import java.lang.foreign.MemorySegment;

/** What the rules know of a lease: the library's, or a variant of it with a mistake. */
interface Leased extends AutoCloseable {
    MemorySegment segment();

    Leased handOver();

    Leased takeOver();

    @Override
    void close();
}

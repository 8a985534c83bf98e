package io.slabcache.tests.handles;

import java.lang.foreign.MemorySegment;

/** A lease as the rules use it: the library's, or a known-bad variant. */
interface Leased extends AutoCloseable {
    MemorySegment segment();

    Leased handOver();

    Leased takeOver();

    @Override
    void close();
}

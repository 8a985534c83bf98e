package io.slabcache.tests.model;

import io.slabcache.diagnostics.CacheValidation;
import io.slabcache.diagnostics.MisuseReport;
import io.slabcache.diagnostics.SlabCacheStats;
import java.lang.foreign.MemorySegment;
import java.util.List;

/** A cache as the model sees it: everything by address, in either form of the call. Broken caches implement it too. */
interface Pool extends AutoCloseable {
    /** Which of the two forms of a call is used. */
    enum Form {
        SEGMENT,
        ADDRESS
    }

    long tryAllocate(Form form);

    long allocate(Form form);

    long tryAllocateCached(Form form);

    long allocateZeroed();

    void free(Form form, long address);

    void free(MemorySegment object);

    boolean allocateBulk(Form form, long[] addresses, int offset, int count);

    void freeBulk(Form form, long[] addresses, int offset, int count);

    MemorySegment segment(long address);

    boolean owns(long address);

    void flush();

    int prefill(int objects);

    long shrink();

    /** Writes another byte than the one that is there, wherever that is. */
    void spoil(long address);

    /** Whether all bytes of a range are this one, and in one region with an object. */
    boolean isFilled(long object, long from, int bytes, byte with);

    /** What the cache has reported since the last call. */
    List<MisuseReport> takeReports();

    SlabCacheStats stats();

    /** As the statistics have it. */
    default long frees() {
        return stats().frees();
    }

    CacheValidation validate();

    @Override
    void close();
}

package io.slabcache.tests.model;

import io.slabcache.diagnostics.CacheValidation;
import io.slabcache.diagnostics.MisuseReport;
import io.slabcache.diagnostics.SlabCacheStats;
import java.lang.foreign.MemorySegment;
import java.util.List;

/** A cache as the model sees it: all calls by address, in either form. Known-bad caches implement it, too. */
interface Pool extends AutoCloseable {
    /** The two forms of a call. */
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

    /** Changes the byte at any address. */
    void spoil(long address);

    /** Returns whether all bytes of a range have this value; the range must be in one region with the object. */
    boolean isFilled(long object, long from, int bytes, byte with);

    /** Returns the reports since the last call. */
    List<MisuseReport> takeReports();

    SlabCacheStats stats();

    /** Returns the frees that the statistics count. */
    default long frees() {
        return stats().frees();
    }

    CacheValidation validate();

    @Override
    void close();
}

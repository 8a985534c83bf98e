package io.slabcache.bench.sizes;

import io.slabcache.bench.subject.CriticalMalloc;

/** The C library's malloc and free by critical calls of the foreign function interface. */
public class MixedMalloc extends MixedAddresses {
    @Override
    protected long take(int size) {
        return CriticalMalloc.malloc(size);
    }

    @Override
    protected void give(long address) {
        CriticalMalloc.free(address);
    }
}

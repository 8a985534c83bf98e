package io.slabcache.tests.threads;

import io.slabcache.ObjectAllocator;

/** A cache as the checks of this package call it. Known-bad variants implement it, too. */
interface Pool {
    /** Returns 0 at the bound. */
    long tryAllocate();

    /** Returns 0 if no object is cached. */
    long tryAllocateCached();

    void free(long address);

    /** Returns how many allocations of this thread cannot fail now. */
    int prefill(int objects);

    /** Returns the correct implementation. */
    static Pool of(ObjectAllocator allocator) {
        return new Pool() {
            @Override
            public long tryAllocate() {
                return allocator.tryAllocateAddress();
            }

            @Override
            public long tryAllocateCached() {
                return allocator.tryAllocateAddressCached();
            }

            @Override
            public void free(long address) {
                allocator.freeAddress(address);
            }

            @Override
            public int prefill(int objects) {
                return allocator.prefill(objects);
            }
        };
    }
}

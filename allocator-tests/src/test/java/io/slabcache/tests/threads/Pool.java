package io.slabcache.tests.threads;

import io.slabcache.ObjectAllocator;

/** A cache as the checks of this package call it. Broken ways into a cache implement it, too. */
interface Pool {
    /** Returns 0 at the bound. */
    long tryAllocate();

    /** Returns 0 if no object is at hand. */
    long tryAllocateCached();

    void free(long address);

    /** Returns how many allocations of this thread are certain now. */
    int prefill(int objects);

    /** The healthy one. */
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

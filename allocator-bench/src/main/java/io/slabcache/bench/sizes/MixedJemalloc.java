package io.slabcache.bench.sizes;

import org.lwjgl.system.jemalloc.JEmalloc;

/** jemalloc with its default settings, through LWJGL's raw binding. */
public class MixedJemalloc extends MixedAddresses {
    @Override
    protected long take(int size) {
        return JEmalloc.nje_malloc(size);
    }

    @Override
    protected void give(long address) {
        JEmalloc.nje_free(address);
    }
}

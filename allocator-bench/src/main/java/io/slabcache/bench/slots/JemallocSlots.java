package io.slabcache.bench.slots;

import org.lwjgl.system.jemalloc.JEmalloc;

/** jemalloc with its default settings, through LWJGL's raw binding. */
final class JemallocSlots extends AddressSlots {

    /** The number 4096 stands for all arenas. */
    private static final String PURGE_ALL = "arena.4096.purge";

    private final int objectSize;

    JemallocSlots(int slots, int objectSize) {
        super(slots);
        this.objectSize = objectSize;
    }

    @Override
    long take() {
        long address = JEmalloc.nje_malloc(objectSize);
        if (address == 0) {
            throw new OutOfMemoryError("jemalloc has no memory");
        }
        return address;
    }

    @Override
    void give(long address) {
        JEmalloc.nje_free(address);
    }

    @Override
    public boolean shrink() {
        return JEmalloc.je_mallctl("thread.tcache.flush", null, null, null) == 0
                && JEmalloc.je_mallctl(PURGE_ALL, null, null, null) == 0;
    }
}

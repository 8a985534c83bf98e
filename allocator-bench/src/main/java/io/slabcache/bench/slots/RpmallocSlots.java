package io.slabcache.bench.slots;

import org.lwjgl.system.rpmalloc.RPmalloc;

/** rpmalloc with its default settings, through LWJGL's raw binding. */
final class RpmallocSlots extends AddressSlots {

    private final int objectSize;

    RpmallocSlots(int slots, int objectSize) {
        super(slots);
        this.objectSize = objectSize;
        if (RPmalloc.nrpmalloc_initialize(0) != 0) {
            throw new IllegalStateException("rpmalloc could not be initialized");
        }
    }

    @Override
    public void enterThread() {
        RPmalloc.rpmalloc_thread_initialize();
    }

    @Override
    long take() {
        long address = RPmalloc.nrpmalloc(objectSize);
        if (address == 0) {
            throw new OutOfMemoryError("rpmalloc has no memory");
        }
        return address;
    }

    @Override
    void give(long address) {
        RPmalloc.nrpfree(address);
    }

    /** Gives up what the thread has cached; there is no call to give all back. */
    @Override
    public boolean shrink() {
        RPmalloc.rpmalloc_thread_collect();
        return false;
    }
}

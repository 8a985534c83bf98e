package io.slabcache.tests.support;

import io.slabcache.ObjectAllocator;
import io.slabcache.SlabCache;
import org.junit.jupiter.api.function.Executable;

/** The entry points and the kinds of thread that call them. */
public enum Access {
    CACHE,
    LOCAL_CACHE,
    CACHE_ON_VIRTUAL_THREAD,
    LOCAL_CACHE_ON_VIRTUAL_THREAD;

    public boolean isVirtual() {
        return this == CACHE_ON_VIRTUAL_THREAD || this == LOCAL_CACHE_ON_VIRTUAL_THREAD;
    }

    /** Returns the entry point; call it on the thread that will use the result. */
    public ObjectAllocator to(SlabCache cache) {
        return this == CACHE || this == CACHE_ON_VIRTUAL_THREAD ? cache : cache.local();
    }

    /** Runs an action on a thread of the right kind: the caller, or a virtual thread that ends before the call returns. */
    public void run(Executable action) throws Throwable {
        if (isVirtual()) {
            OtherThread.runVirtual(action);
        } else {
            action.execute();
        }
    }
}

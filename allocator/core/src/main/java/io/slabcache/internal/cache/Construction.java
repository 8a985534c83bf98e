package io.slabcache.internal.cache;

import java.lang.foreign.MemorySegment;
import java.util.function.Consumer;

/**
 * Runs the user's constructor while a slab is being made. Calls from the constructor that would need another slab ask
 * {@link #isRunning} and are refused.
 *
 * <p>Several threads may run the constructor. One thread may run it at two depths, because the constructor of a guarded
 * object may need an ordinary slab.
 */
public final class Construction implements Consumer<MemorySegment> {
    private final Consumer<MemorySegment> constructor;

    /** The calling thread's depth in the constructor. An array, so that leaving needs no call and no stack. */
    private final ThreadLocal<int[]> depth = ThreadLocal.withInitial(() -> new int[1]);

    Construction(Consumer<MemorySegment> constructor) {
        this.constructor = constructor;
    }

    @Override
    public void accept(MemorySegment object) {
        int[] depth = this.depth.get();
        depth[0]++;
        try {
            constructor.accept(object);
        } finally {
            depth[0]--;
        }
    }

    /** Whether the calling thread runs the constructor. */
    boolean isRunning() {
        return depth.get()[0] > 0;
    }
}

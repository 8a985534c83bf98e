package io.slabcache.internal.cache;

import java.lang.foreign.MemorySegment;
import java.util.function.Consumer;

/**
 * The user's constructor, which runs while a slab is being made: calls from within it that would need another slab can find
 * out that this is not the time.
 *
 * <p>Several threads may be in it. And one may be in it twice, because the constructor of a guarded object may need an
 * ordinary slab.
 */
public final class Construction implements Consumer<MemorySegment> {
    private final Consumer<MemorySegment> constructor;

    /** How often the calling thread is in the constructor: an array, so that leaving it needs no call, and no stack. */
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

    /** Whether the calling thread is in the constructor. */
    boolean isRunning() {
        return depth.get()[0] > 0;
    }
}

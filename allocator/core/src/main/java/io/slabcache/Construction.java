package io.slabcache;

import java.lang.foreign.MemorySegment;
import java.util.function.Consumer;

/**
 * The user's constructor, which runs while a slab is being made and a lock is held: whoever wants to do more than what
 * the constructor asked for can find out that this is not the time.
 *
 * <p>Two threads may be in it: the ordinary and the guarded slabs of a cache each have a lock of their own. And one may
 * be in it twice, because the constructor of a guarded object may need an ordinary slab.
 */
final class Construction implements Consumer<MemorySegment> {
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

package io.slabcache.internal.debug;

import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * A FIFO queue between frees and the slab lists. The longer an object stays, the more likely a write to it is found,
 * and a second free of it is recognized. Guarded by the lock of the {@link DebugLayer}.
 */
final class Quarantine {
    static final int MOST_OBJECTS = 256;

    private static final long MOST_BYTES = 1 << 20;

    private final Queue<SlabObject> objects;
    private int capacity;

    Quarantine(long stride) {
        this.capacity = Math.clamp(MOST_BYTES / stride, 1, MOST_OBJECTS);
        // One more than the capacity, so that it never grows: a full heap must not lose an object.
        this.objects = new ArrayDeque<>(capacity + 1);
    }

    /** Adds an object; returns the oldest one if there are too many, else null. */
    @Nullable
    SlabObject put(SlabObject object) {
        objects.add(object);
        return objects.size() > capacity ? objects.remove() : null;
    }

    /** Removes the oldest object; returns null if there is none. */
    @Nullable
    SlabObject takeOldest() {
        return objects.poll();
    }

    /** Drops all objects, and holds none back from now on. */
    void close() {
        capacity = 0;
        objects.clear();
    }

    int size() {
        return objects.size();
    }
}

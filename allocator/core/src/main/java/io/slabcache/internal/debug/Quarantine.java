package io.slabcache.internal.debug;

import java.util.ArrayDeque;
import java.util.Queue;

/**
 * Objects on their way from a free to the slab lists, first in, first out: the longer one stays, the more likely a write
 * to it is found, and a second free of it is known for what it is. Guarded by the lock of the {@link DebugLayer}.
 */
final class Quarantine {
    static final int MOST_OBJECTS = 256;

    private static final long MOST_BYTES = 1 << 20;

    private final Queue<SlabObject> objects;
    private int capacity;

    Quarantine(long stride) {
        this.capacity = Math.clamp(MOST_BYTES / stride, 1, MOST_OBJECTS);
        // With room for one too many, so that it never grows: what comes here must not be lost when the heap is full.
        this.objects = new ArrayDeque<>(capacity + 1);
    }

    /** Takes an object in and lets the oldest one go if there are too many; returns that one or null. */
    SlabObject put(SlabObject object) {
        objects.add(object);
        return objects.size() > capacity ? objects.remove() : null;
    }

    /** Lets the oldest one go; returns null if there is none. */
    SlabObject takeOldest() {
        return objects.poll();
    }

    /** Forgets everything, and from now on lets everything go at once. */
    void close() {
        capacity = 0;
        objects.clear();
    }

    int size() {
        return objects.size();
    }
}

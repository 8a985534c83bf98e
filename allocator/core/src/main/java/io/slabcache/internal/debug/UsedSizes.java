package io.slabcache.internal.debug;

import io.slabcache.internal.slab.Slab;
import io.slabcache.internal.slab.SlabGeometry;
import io.slabcache.internal.util.CountedLock;
import java.util.function.Function;

/**
 * How many bytes of each object its user asked for, in a cache that serves a range of sizes. With redzones, the rest of
 * the object is one too.
 */
public final class UsedSizes {
    private static final Pattern PATTERN = new Pattern(Redzones.VALUE, Redzones.VALUE);

    private final CountedLock lock;
    private final boolean redzones;
    private final long objectSize;

    /** Guarded by the lock. */
    private final Function<Slab, ObjectRecords> records;

    UsedSizes(CountedLock lock, boolean redzones, SlabGeometry geometry, Function<Slab, ObjectRecords> records) {
        this.lock = lock;
        this.redzones = redzones;
        this.objectSize = geometry.objectSize();
        this.records = records;
    }

    /**
     * Notes that the user of a live object asked for its first bytes, and makes the rest a redzone.
     *
     * @param object that the caller owns
     * @param bytes that the user asked for
     */
    public void use(SlabObject object, long bytes) {
        lock.lock();
        try {
            records.apply(object.slab()).leaveUnused(object.index(), (int) (objectSize - bytes));
            if (redzones && bytes < objectSize) {
                Slab slab = object.slab();
                PATTERN.fill(slab.memory(), object.address() + bytes, objectSize - bytes);
            }
        } finally {
            lock.unlock();
        }
    }

    /** {@return the bytes that the user of an object asked for} */
    public long of(SlabObject object) {
        lock.lock();
        try {
            return objectSize - unused(object);
        } finally {
            lock.unlock();
        }
    }

    /** {@return whether an object is live} */
    public boolean isLive(SlabObject object) {
        lock.lock();
        try {
            return records.apply(object.slab()).state(object.index()) == ObjectRecords.State.LIVE;
        } finally {
            lock.unlock();
        }
    }

    private int unused(SlabObject object) {
        return records.apply(object.slab()).unused(object.index());
    }

    /** The address of the first overwritten byte behind what the user asked for, or 0. Under the lock. */
    long firstBad(SlabObject object) {
        assert lock.isHeld();
        int unused = unused(object);
        if (!redzones || unused == 0) {
            return 0;
        }
        long start = object.address() + objectSize - unused;
        Slab slab = object.slab();
        long bad = PATTERN.firstBad(slab.memory().asSlice(start - slab.memory().address(), unused));
        return bad < 0 ? 0 : start + bad;
    }
}

package io.slabcache.internal.views;

import io.slabcache.internal.sizes.AllocatorParts;
import java.lang.foreign.SegmentAllocator;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The way of the edges to the parts of an allocator, which its class keeps private. Packages down here do not know that
 * class, so it leaves a key when it is initialized: before the first allocator exists.
 */
public final class AllocatorDoor {
    private static volatile @Nullable Function<SegmentAllocator, AllocatorParts> key;

    private AllocatorDoor() {}

    /**
     * Leaves the key.
     *
     * @param given returns the parts of an allocator
     */
    public static void open(Function<SegmentAllocator, AllocatorParts> given) {
        key = given;
    }

    /** {@return the parts of an allocator of this library} */
    static AllocatorParts parts(SegmentAllocator allocator) {
        Function<SegmentAllocator, AllocatorParts> found = key;
        if (found == null) {
            throw new IllegalArgumentException(allocator + " is no allocator of this library");
        }
        return found.apply(allocator);
    }
}

package io.slabcache;

import io.slabcache.internal.debug.Log;
import io.slabcache.internal.debug.Property;
import io.slabcache.internal.debug.SamplingRate;
import io.slabcache.internal.slab.SlabGeometry;

/**
 * How objects of one cache are guarded.
 *
 * @param rate which allocations get a guarded object
 * @param geometry of the one slab of guarded objects
 */
record GuardPlan(SamplingRate rate, SlabGeometry geometry) {
    private static final SamplingRate USUAL = new SamplingRate(1 << 23);

    private static final int MOST_OBJECTS = 64;
    private static final long MOST_BYTES = 1 << 20;

    /** One in so many objects of a bounded cache. */
    private static final int SHARE = 8;

    private static final long SMALLEST_GAP = 64;
    private static final long LARGEST_GAP = 4096;

    /** For one cache, or null if none of its objects is guarded. */
    static GuardPlan of(
            String cache, SamplingRate byBuilder, Checks checks, long objectSize, long alignment, long bound) {
        if (checks == Checks.NONE && byBuilder != null) {
            throw new IllegalArgumentException("checks is NONE; expected STANDARD, or no guarded sampling");
        }
        SamplingRate rate = byBuilder != null ? byBuilder : byProperty();
        if (checks == Checks.NONE && rate != null) {
            Log.once(Property.GUARD.key() + ": no object of cache '" + cache
                    + "' is guarded, which has Checks.NONE and so does not look at what is freed");
            return null;
        }
        return rate == null ? null : of(cache, rate, objectSize, alignment, bound);
    }

    private static SamplingRate byProperty() {
        return Property.GUARD.read(GuardPlan::parse, null, null, "no object is guarded");
    }

    private static SamplingRate parse(String value) {
        return Property.isOff(value) ? null : value.isEmpty() ? USUAL : SamplingRate.parse(value);
    }

    private static GuardPlan of(String cache, SamplingRate rate, long objectSize, long alignment, long bound) {
        long gap = Math.clamp(Long.highestOneBit(objectSize), SMALLEST_GAP, LARGEST_GAP);
        long stride = SlabGeometry.stride(objectSize + gap, alignment);
        if (stride > SlabGeometry.MAX_BYTES || bound == 1) {
            Log.once("cache '" + cache + "' has no guarded objects: "
                    + (bound == 1
                            ? "its one object cannot be two"
                            : "with room around them its objects of " + objectSize
                                    + " bytes would be larger than 2^30 bytes"));
            return null;
        }
        long objects = Math.min(Math.clamp(MOST_BYTES / stride, 1, MOST_OBJECTS), Math.max(bound / SHARE, 1));
        return new GuardPlan(rate, new SlabGeometry(objectSize, alignment, objects * stride, objects, gap));
    }

    /** The bound of the objects that are not guarded. */
    long rest(long bound) {
        return bound == Long.MAX_VALUE ? bound : bound - geometry.maxObjects();
    }
}

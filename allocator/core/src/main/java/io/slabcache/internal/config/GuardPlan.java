package io.slabcache.internal.config;

import io.slabcache.diagnostics.Checks;
import io.slabcache.internal.slab.SlabGeometry;
import io.slabcache.internal.util.Log;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How objects of one cache are guarded.
 *
 * @param rate of allocations that get a guarded object
 * @param geometry of the one slab of guarded objects
 */
public record GuardPlan(SamplingRate rate, SlabGeometry geometry) {
    private static final SamplingRate USUAL = new SamplingRate(1 << 23);

    private static final int MOST_OBJECTS = 64;
    private static final long MOST_BYTES = 1 << 20;

    /** A bounded cache guards at most one object in this many. */
    private static final int SHARE = 8;

    private static final long SMALLEST_GAP = 64;
    private static final long LARGEST_GAP = 4096;

    /** The plan of one cache; empty if none of its objects is guarded. */
    public static Optional<GuardPlan> of(CacheSettings settings) {
        boolean isChecked = settings.checks() == Checks.STANDARD;
        if (!isChecked && settings.guarding().isPresent()) {
            throw new IllegalArgumentException("checks is NONE; expected STANDARD, or no guarded sampling");
        }
        SamplingRate rate = settings.guarding().orElseGet(GuardPlan::byProperty);
        if (!isChecked && rate != null) {
            Log.once(Property.GUARD.key() + ": no object of cache '" + settings.name()
                    + "' is guarded, which has Checks.NONE and so does not look at what is freed");
            return Optional.empty();
        }
        return rate == null ? Optional.empty() : of(settings, rate);
    }

    private static @Nullable SamplingRate byProperty() {
        return Property.GUARD.read(GuardPlan::parse, null, null, "no object is guarded");
    }

    private static @Nullable SamplingRate parse(String value) {
        return Property.isOff(value) ? null : value.isEmpty() ? USUAL : SamplingRate.parse(value);
    }

    private static Optional<GuardPlan> of(CacheSettings settings, SamplingRate rate) {
        long objectSize = settings.objectSize();
        long bound = settings.maxObjects();
        long gap = Math.clamp(Long.highestOneBit(objectSize), SMALLEST_GAP, LARGEST_GAP);
        long stride = SlabGeometry.stride(objectSize + gap, settings.alignment());
        if (stride > SlabGeometry.MAX_BYTES || bound == 1) {
            Log.once("cache '" + settings.name() + "' has no guarded objects: "
                    + (bound == 1
                            ? "its one object cannot be two"
                            : "with room around them its objects of " + objectSize
                                    + " bytes would be larger than 2^30 bytes"));
            return Optional.empty();
        }
        long objects = Math.min(Math.clamp(MOST_BYTES / stride, 1, MOST_OBJECTS), Math.max(bound / SHARE, 1));
        return Optional.of(new GuardPlan(
                rate, new SlabGeometry(objectSize, settings.alignment(), objects * stride, objects, gap, false)));
    }

    /** The bound for the objects that are not guarded. */
    public long rest(long bound) {
        return bound == Long.MAX_VALUE ? bound : bound - geometry.maxObjects();
    }
}

package io.slabcache.internal.config;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How leaks are looked for, as the system property says: in a sample of the allocations that take the slow path or, if
 * paranoid, in all allocations of debugged caches.
 *
 * @param isParanoid whether every cache is debugged, so that every allocation takes the slow path
 * @param rate of these allocations that are watched
 * @param grace how long a segment has to be unreachable before its object counts as leaked
 */
public record LeakPlan(boolean isParanoid, SamplingRate rate, Duration grace) {
    private static final String PARANOID = "paranoid";
    private static final SamplingRate USUAL = new SamplingRate(64);
    private static final long USUAL_SECONDS = 5;

    /** A year, which in nanoseconds is far from overflowing a long. */
    private static final long MOST_SECONDS = 365 * 24 * 60 * 60;

    /** Null if leaks are not looked for. */
    public static @Nullable LeakPlan byProperty() {
        return Property.LEAKS.read(LeakPlan::parse, null, null, "nothing looks for leaks");
    }

    private static @Nullable LeakPlan parse(String value) {
        if (Property.isOff(value)) {
            return null;
        }
        String[] parts = value.split(",", 2);
        String how = parts[0].strip();
        long seconds =
                parts.length == 1 ? USUAL_SECONDS : Numbers.parse(parts[1], "the grace in seconds", 0, MOST_SECONDS);
        boolean isParanoid = how.equalsIgnoreCase(PARANOID);
        SamplingRate rate = isParanoid ? new SamplingRate(1) : how.isEmpty() ? USUAL : SamplingRate.parse(how);
        return new LeakPlan(isParanoid, rate, Duration.ofSeconds(seconds));
    }
}

package io.slabcache;

import io.slabcache.internal.debug.SamplingRate;
import java.time.Duration;

/**
 * How leaks are looked for, as the system property says: in which of the allocations that take the slow path, or, if it
 * is paranoid, in all allocations of a debugged cache.
 *
 * @param isParanoid whether each cache is debugged, so that every allocation takes the slow path
 * @param rate in which of these
 * @param grace for how long a segment has to be unreachable before its object has leaked
 */
record LeakPlan(boolean isParanoid, SamplingRate rate, Duration grace) {
    static final String PROPERTY = "slabcache.leaks";

    private static final String PARANOID = "paranoid";
    private static final String OFF = "off";
    private static final SamplingRate USUAL = new SamplingRate(64);
    private static final String USUAL_SECONDS = "5";

    /** Null if nobody wants to know. */
    static LeakPlan byProperty() {
        String value = System.getProperty(PROPERTY, OFF).strip();
        try {
            return value.equals(OFF) ? null : parse(value);
        } catch (IllegalArgumentException e) {
            DebugPlan.complain(PROPERTY + ": '" + value + "' is ignored; expected '" + PARANOID + "' or a rate such as"
                    + " 1/64, and perhaps a comma and seconds of grace; nothing looks for leaks");
            return null;
        }
    }

    private static LeakPlan parse(String value) {
        String[] parts = value.split(",", 2);
        String how = parts[0].strip();
        long seconds = Long.parseUnsignedLong(parts.length == 1 ? USUAL_SECONDS : parts[1].strip());
        boolean isParanoid = how.equals(PARANOID);
        SamplingRate rate = isParanoid ? new SamplingRate(1) : how.isEmpty() ? USUAL : SamplingRate.parse(how);
        return new LeakPlan(isParanoid, rate, Duration.ofSeconds(seconds));
    }
}

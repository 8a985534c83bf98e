package io.slabcache.bench.latency;

import io.slabcache.bench.run.ForkTask;
import io.slabcache.bench.slots.SlotPlan;
import java.util.List;

/**
 * What one fork does.
 *
 * @param subject the subject's id
 * @param round from 1
 * @param plan the objects
 * @param mebibytesPerSecond by which the live set grows; 0 for as fast as possible
 * @param warmupMillis on a small allocator of the same kind
 */
public record LatencyTask(String subject, int round, SlotPlan plan, int mebibytesPerSecond, int warmupMillis)
        implements ForkTask {

    private static final long MIB = 1L << 20;
    private static final int SLOWEST_MIB_PER_SECOND = 128;
    private static final int PATIENCE = 3;
    private static final int LEAST_SECONDS = 2;
    private static final int SETUP_SECONDS = 120;

    /** Returns the rate as the load needs it. */
    double intervalNanos() {
        return GrowthLoad.intervalNanos((double) mebibytesPerSecond * MIB / plan.objectSize());
    }

    /** Returns how long growing and freeing may take each: an allocator that falls far behind is stopped where it is. */
    long longestSeconds() {
        long bytes = (long) plan.objects() * plan.objectSize();
        long rate = mebibytesPerSecond == 0 ? SLOWEST_MIB_PER_SECOND : mebibytesPerSecond;
        return LEAST_SECONDS + PATIENCE * bytes / (rate * MIB);
    }

    @Override
    public List<String> jvmArguments() {
        return plan.jvmArguments();
    }

    @Override
    public long timeoutSeconds() {
        return SETUP_SECONDS + 2 * longestSeconds();
    }
}

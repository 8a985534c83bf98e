package io.slabcache.bench.memory;

import io.slabcache.bench.run.ForkTask;
import io.slabcache.bench.slots.SlotPlan;
import java.util.List;

/**
 * What one fork does.
 *
 * @param subject the subject's id
 * @param round always 1
 * @param plan the objects of the burst; the steady load has a quarter of them
 * @param steadyMillis of the steady load
 * @param idleMillis after the burst
 */
public record MemoryTask(String subject, int round, SlotPlan plan, int steadyMillis, int idleMillis)
        implements ForkTask {

    private static final int TIMEOUT_SECONDS = 600;

    @Override
    public List<String> jvmArguments() {
        return plan.jvmArguments();
    }

    @Override
    public long timeoutSeconds() {
        return TIMEOUT_SECONDS;
    }
}

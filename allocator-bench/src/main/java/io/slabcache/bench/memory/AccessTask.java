package io.slabcache.bench.memory;

import io.slabcache.bench.run.ForkTask;
import io.slabcache.bench.slots.SlotPlan;
import java.util.List;

/**
 * What one fork of the random accesses does.
 *
 * @param subject the subject's id
 * @param round always 1
 * @param plan the objects
 * @param millis to measure for
 */
public record AccessTask(String subject, int round, SlotPlan plan, int millis) implements ForkTask {

    private static final int TIMEOUT_SECONDS = 300;

    @Override
    public List<String> jvmArguments() {
        return plan.jvmArguments();
    }

    @Override
    public long timeoutSeconds() {
        return TIMEOUT_SECONDS;
    }
}

package io.slabcache.internal.debug;

import io.slabcache.diagnostics.AllocationFaults;
import java.util.SplittableRandom;

/** Decides which allocation of a cache fails. The same plan gives the same sequence of decisions. */
public final class FaultInjector {
    private final AllocationFaults plan;

    /** Set while a thread's last allocation is one that failed on purpose. */
    private final ThreadLocal<Boolean> injected = new ThreadLocal<>();

    // Guarded by this object's monitor.
    private final SplittableRandom random;
    private long allocations;
    private long failures;

    /**
     * Makes an injector at the start of a plan.
     *
     * @param plan to follow
     */
    public FaultInjector(AllocationFaults plan) {
        this.plan = plan;
        this.random = new SplittableRandom(plan.seed());
    }

    /** {@return whether the calling thread's next allocation has to fail} */
    public boolean fails() {
        boolean fails = decide();
        if (fails) {
            injected.set(true);
        } else {
            injected.remove();
        }
        return fails;
    }

    private synchronized boolean decide() {
        long eligible = ++allocations - plan.after();
        if (eligible <= 0 || failures == plan.times()) {
            return false;
        }
        boolean fails = plan.interval() > 0 ? eligible % plan.interval() == 0 : random.nextDouble() < plan.rate();
        failures += fails ? 1 : 0;
        return fails;
    }

    /** {@return whether the calling thread's last allocation failed on purpose} */
    public boolean wasInjected() {
        return injected.get() != null;
    }

    /** {@return the number of allocations that failed on purpose} */
    public synchronized long failures() {
        return failures;
    }
}

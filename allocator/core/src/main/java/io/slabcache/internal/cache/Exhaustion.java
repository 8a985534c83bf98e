package io.slabcache.internal.cache;

import io.slabcache.diagnostics.CacheExhaustedException;
import org.jspecify.annotations.Nullable;

/** Makes the exception of a cache without a free object, at its bound or at the limit of a memory budget. */
public final class Exhaustion {
    private final CacheCore core;
    private final Inspection inspection;
    private final SlowPath slow;

    Exhaustion(CacheCore core, Inspection inspection, SlowPath slow) {
        this.core = core;
        this.inspection = inspection;
        this.slow = slow;
    }

    /**
     * {@return the exception for a call that just failed at the bound}
     *
     * @param asked objects that the call asked for
     * @throws OutOfMemoryError if the call failed because a budget is spent. Not the error of the budget itself: if a
     *     constructor made the call for an object of another cache, that one is not at its bound
     */
    public CacheExhaustedException exception(long asked) {
        boolean isInjected = slow.wasInjected();
        @Nullable String refusal = isInjected ? null : core.supply.refusal();
        if (refusal != null) {
            throw new OutOfMemoryError(core + " cannot grow: " + refusal);
        }
        return new CacheExhaustedException(core.toString(), asked, inspection.steadyStats(), isInjected);
    }
}

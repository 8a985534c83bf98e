package io.slabcache.internal.cache;

import io.slabcache.diagnostics.CacheExhaustedException;

/** Makes the exception of a bounded cache without a free object. */
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
     * {@return the exception for a call that just failed}
     *
     * @param asked objects that the call asked for
     */
    public CacheExhaustedException exception(long asked) {
        return new CacheExhaustedException(core.toString(), asked, inspection.steadyStats(), slow.wasInjected());
    }
}

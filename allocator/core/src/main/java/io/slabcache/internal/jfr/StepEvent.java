package io.slabcache.internal.jfr;

import io.slabcache.internal.observe.Span;

/** A slow step of a cache, with its duration. */
abstract class StepEvent extends CacheEvent implements Span {
    @Override
    public final void end(long amount) {
        end();
        if (shouldCommit()) {
            measure(amount);
            commit();
        }
    }

    /** Stores what was moved, made or returned. */
    abstract void measure(long amount);
}

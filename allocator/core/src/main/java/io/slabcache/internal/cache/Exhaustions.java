package io.slabcache.internal.cache;

import io.slabcache.internal.observe.Observer;
import io.slabcache.internal.observe.Observers;
import io.slabcache.internal.registry.CacheIdentity;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/** Counts refused allocations, and shows some of them to the observer: a program may poll a cache at its bound. */
final class Exhaustions {
    private static final long NANOS_BETWEEN_EVENTS = 50_000_000;

    private final LongAdder count = new LongAdder();
    private final AtomicLong nextEvent = new AtomicLong(System.nanoTime());

    private final CacheIdentity cache;
    private final long bound;

    Exhaustions(CacheIdentity cache, long bound) {
        this.cache = cache;
        this.bound = bound;
    }

    /** Counts one. Does not throw. */
    void add() {
        count.increment();
        Observer observer = Observers.current();
        if (observer != null && isDue()) {
            try {
                if (observer.wantsExhaustions()) {
                    observer.exhausted(cache.name(), cache.id(), sum(), bound);
                }
            } catch (RuntimeException | Error e) {
                // The event is lost; the caller learns from the result of its call.
            }
        }
    }

    private boolean isDue() {
        long now = System.nanoTime();
        long due = nextEvent.get();
        return now - due >= 0 && nextEvent.compareAndSet(due, now + NANOS_BETWEEN_EVENTS);
    }

    long sum() {
        return count.sum();
    }
}

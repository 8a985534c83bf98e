package io.slabcache.internal.observe;

import io.slabcache.diagnostics.Latency;
import io.slabcache.diagnostics.SlowStep;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The histograms of the slow steps of one cache. For any thread, without a lock. A record allocates nothing, because its
 * caller may hold objects that have no other place, or a lock. While a recording runs, the observer sees each step too;
 * its failures do not reach the caller.
 */
public final class Latencies {
    /**
     * The fewest objects of a move that is timed. Two readings of the clock take about 40 ns, and a move of fewer objects
     * not much more than 100.
     */
    public static final int LEAST_TIMED = 64;

    private static final int STEPS = SlowStep.values().length;

    // For each step: its buckets, then these.
    private static final int TOTAL = Latency.BUCKETS;
    private static final int LONGEST = Latency.BUCKETS + 1;
    private static final int SLOTS = Latency.BUCKETS + 2;

    static {
        // The first use of the array's VarHandle allocates heap.
        Latencies first = new Latencies();
        first.record(SlowStep.REFILL, 1);
        first.snapshot();
    }

    private final AtomicLongArray slots = new AtomicLongArray(STEPS * SLOTS);

    private final LongConsumer lockWaits = nanos -> record(SlowStep.LOCK_WAIT, nanos);

    // Both written before a second thread knows the cache.
    private String cache = "";
    private long id;

    /** Makes empty histograms. */
    public Latencies() {}

    /**
     * Names the cache for events. Before a second thread knows the cache.
     *
     * @param cache its name
     * @param id its number
     */
    public void nameCache(String cache, long id) {
        this.cache = cache;
        this.id = id;
    }

    /** {@return for locks: gets the nanoseconds of each sleep} */
    public LongConsumer lockWaits() {
        return lockWaits;
    }

    /**
     * Shows the observer a step that begins now.
     *
     * @param step to be taken
     * @return for {@link #end}; {@code null} while no recording wants such steps
     */
    public @Nullable Span begin(SlowStep step) {
        Observer observer = Observers.current();
        if (observer == null) {
            return null;
        }
        try {
            return observer.begin(step, cache, id);
        } catch (RuntimeException | Error e) {
            return null;
        }
    }

    /**
     * Adds the time of a step that ends now.
     *
     * @param step that was taken
     * @param since the {@link System#nanoTime} at its start
     * @param span what {@link #begin} returned
     * @param amount of objects, or bytes for a shrink
     */
    public void end(SlowStep step, long since, @Nullable Span span, long amount) {
        record(step, System.nanoTime() - since);
        if (span != null) {
            try {
                span.end(amount);
            } catch (RuntimeException | Error e) {
                // The caller has objects to keep; the event is lost.
            }
        }
    }

    private void record(SlowStep step, long nanos) {
        int base = step.ordinal() * SLOTS;
        long longest = slots.get(base + LONGEST);
        while (nanos > longest && !slots.compareAndSet(base + LONGEST, longest, nanos)) {
            longest = slots.get(base + LONGEST);
        }
        slots.getAndAdd(base + TOTAL, nanos);
        slots.getAndIncrement(base + Latency.bucket(nanos));
    }

    /** {@return the histograms of all steps that were taken} */
    public Map<SlowStep, Latency> snapshot() {
        Map<SlowStep, Latency> all = new EnumMap<>(SlowStep.class);
        for (SlowStep step : SlowStep.values()) {
            int base = step.ordinal() * SLOTS;
            if (slots.get(base + LONGEST) > 0) {
                long[] counts = new long[Latency.BUCKETS];
                for (int bucket = 0; bucket < counts.length; bucket++) {
                    counts[bucket] = slots.get(base + bucket);
                }
                all.put(step, new Latency(counts, slots.get(base + TOTAL), slots.get(base + LONGEST)));
            }
        }
        return all;
    }
}

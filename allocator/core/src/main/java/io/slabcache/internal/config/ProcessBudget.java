package io.slabcache.internal.config;

import io.slabcache.memory.MemoryBudget;
import io.slabcache.memory.MemorySource;
import org.jspecify.annotations.Nullable;

/** The budget that {@link Property#MAX_BYTES} sets for all caches of the process. */
public final class ProcessBudget {
    /** The first slabs of most caches have up to 1 MiB. */
    private static final long LEAST_BYTES = 1 << 20;

    /** Guarded by the class. Null while the property is not set. */
    private static @Nullable MemoryBudget budget;

    private ProcessBudget() {}

    /**
     * Puts a source under the budget, if there is one.
     *
     * @param source of a new cache
     * @return the source, limited if the property says so
     */
    public static MemorySource limit(MemorySource source) {
        long bytes = Property.MAX_BYTES.read(
                value -> Numbers.parseBytes(value, "the limit", LEAST_BYTES), 0L, 0L, "caches have no common limit");
        return bytes == 0 ? source : of(bytes).limit(source);
    }

    /** All caches share one budget, unless the program changes the property. */
    private static synchronized MemoryBudget of(long bytes) {
        if (budget == null || budget.limitBytes() != bytes) {
            budget = MemoryBudget.ofBytes(bytes);
        }
        return budget;
    }
}

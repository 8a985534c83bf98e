package io.slabcache.internal.budget;

/**
 * Thrown by a limited source if its budget has no room. The slab layer takes it for a bound, so that {@code
 * tryAllocate} and the bulk calls refuse instead of throwing. The JDK's error for everyone else.
 */
public final class BudgetSpentError extends OutOfMemoryError {
    private static final long serialVersionUID = 1;

    BudgetSpentError(String message) {
        super(message);
    }
}

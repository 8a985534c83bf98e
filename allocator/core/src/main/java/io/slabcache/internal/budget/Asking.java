package io.slabcache.internal.budget;

/**
 * Whether the calling thread may ask other caches for memory when a budget is spent. It may not while it makes memory
 * ahead of need: keepers of two caches would take each other's memory for ever.
 */
public final class Asking {
    /** True while the thread makes memory ahead of need; otherwise not set. */
    private static final ThreadLocal<Boolean> AHEAD = new ThreadLocal<>();

    private Asking() {}

    /** Begins to make memory ahead of need. */
    public static void forbid() {
        AHEAD.set(true);
    }

    /** Ends that. */
    public static void allow() {
        AHEAD.remove();
    }

    static boolean isAllowed() {
        return AHEAD.get() == null;
    }
}

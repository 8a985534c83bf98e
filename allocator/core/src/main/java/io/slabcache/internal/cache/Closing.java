package io.slabcache.internal.cache;

import io.slabcache.diagnostics.LiveObjectsException;
import java.lang.foreign.Arena;
import java.util.List;

/**
 * The end of a cache. A pending close touches no magazines: it makes look-ups fail, so that checked calls go to their
 * slow path and wait there, and then counts the live objects.
 */
public final class Closing {
    private final CacheCore core;
    private final Inspection inspection;
    private final Leaks leaks;

    /** Actions of other parts after the close; each may run more than once. */
    private final List<Runnable> endings;

    Closing(CacheCore core, Inspection inspection, Leaks leaks, List<Runnable> endings) {
        this.core = core;
        this.inspection = inspection;
        this.leaks = leaks;
        this.endings = List.copyOf(endings);
    }

    /** Closes the cache if no object is live. */
    public void close() {
        leaks.report();
        try {
            while (!tryToClose()) {
                LiveObjectsException refused = inspection.liveObjects();
                // The objects may have been freed since they were counted.
                if (refused.liveObjects() > 0) {
                    throw refused;
                }
            }
        } finally {
            // Runs too if some memory could not be returned yet.
            if (!core.isOpen()) {
                afterwards();
            }
        }
    }

    private boolean tryToClose() {
        boolean hopeless = core.supply.isOpen() && inspection.isAnySurelyLive();
        return !hopeless
                && core.supply.closeIf(() -> {
                    awaitOthers();
                    return !inspection.isAnyLive();
                });
    }

    /** Closes the cache even if objects are live. */
    public void closeNow() {
        try {
            core.supply.closeIf(() -> {
                awaitOthers();
                return true;
            });
        } finally {
            // Still open if a constructor called this and was refused.
            if (!core.isOpen()) {
                afterwards();
            }
        }
    }

    private void afterwards() {
        core.magazines.wipe();
        core.scratches.drop();
        endings.forEach(Runnable::run);
        leaks.close();
    }

    /**
     * Makes the stores of other threads visible, so that the count below includes objects that were popped or leased
     * before the look-ups failed. Closing a shared arena makes every thread pass a handshake; this rare cost replaces a
     * fence on the fast paths. A caller that the scheduler stopped in the middle of its pop may still escape the count.
     */
    private static void awaitOthers() {
        Arena.ofShared().close();
    }
}

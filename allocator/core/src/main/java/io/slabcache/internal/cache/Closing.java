package io.slabcache.internal.cache;

import io.slabcache.diagnostics.LiveObjectsException;
import java.lang.foreign.Arena;
import java.util.List;

/**
 * The end of a cache. No magazines are touched while it is being decided: look-ups are made to fail, so that
 * checked calls go to their slow path and wait there; then the live objects are counted.
 */
public final class Closing {
    private final CacheCore core;
    private final Inspection inspection;
    private final Leaks leaks;

    /** What other parts have to do once the cache is closed; each may be done more than once. */
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
                // What was live may have been freed since it was counted.
                if (refused.liveObjects() > 0) {
                    throw refused;
                }
            }
        } finally {
            // Also if some of the memory could not be given back yet.
            if (!core.isOpen()) {
                afterwards();
            }
        }
    }

    private boolean tryToClose() {
        boolean hopeless = core.supply.isOpen() && hasLiveObjects();
        return !hopeless
                && core.supply.closeIf(() -> {
                    awaitOthers();
                    return !inspection.isAnyLive();
                });
    }

    /** Closes the cache whatever is live. */
    public void closeNow() {
        try {
            core.supply.closeIf(() -> {
                awaitOthers();
                return true;
            });
        } finally {
            // Not if it was refused, to a constructor that called it.
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

    private boolean hasLiveObjects() {
        return inspection.stats().liveObjects() > 0;
    }

    /**
     * Makes the stores of other threads visible: one that popped, or leased, before it saw the look-ups fail has that
     * counted below. The fast paths have no fence for this, so the rare close pays: closing a shared arena makes every thread
     * pass a handshake. A caller that was stopped in the middle of its pop by the scheduler may still escape the count.
     */
    private static void awaitOthers() {
        Arena.ofShared().close();
    }
}

package io.slabcache;

import io.slabcache.internal.debug.CacheRegistry;
import java.lang.foreign.Arena;

/**
 * The end of a cache. Nobody's magazines are touched while it is being decided: look-ups are made to fail, so that
 * checked calls go to their slow path and wait there; then the live objects are counted.
 */
final class Closing {
    private final Engine engine;

    Closing(Engine engine) {
        this.engine = engine;
    }

    void close() {
        engine.reportLeaks();
        try {
            while (!tryToClose()) {
                LiveObjectsException refused = engine.inspection.liveObjects();
                // What was live may have been freed since it was counted.
                if (refused.liveObjects() > 0) {
                    throw refused;
                }
            }
        } finally {
            // Also if some of the memory could not be given back yet.
            if (!engine.supply.isOpen()) {
                afterwards();
            }
        }
    }

    private boolean tryToClose() {
        boolean hopeless = engine.supply.isOpen() && hasLiveObjects();
        return !hopeless
                && engine.supply.closeIf(() -> {
                    awaitOthers();
                    return !engine.inspection.isAnyLive();
                });
    }

    void closeNow() {
        try {
            engine.supply.closeIf(() -> {
                awaitOthers();
                return true;
            });
        } finally {
            // Not if it was refused, to a constructor that called it.
            if (!engine.supply.isOpen()) {
                afterwards();
            }
        }
    }

    private void afterwards() {
        engine.magazines.wipe();
        engine.scratches.drop();
        if (engine.debugger != null) {
            engine.debugger.close();
        }
        if (engine.guard != null) {
            engine.guard.close();
        }
        if (engine.leaks != null) {
            engine.leaks.close();
        }
        CacheRegistry.remove(engine);
    }

    private boolean hasLiveObjects() {
        return engine.inspection.stats().liveObjects() > 0;
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

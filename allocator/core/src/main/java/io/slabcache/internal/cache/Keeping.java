package io.slabcache.internal.cache;

import io.slabcache.internal.budget.Asking;
import io.slabcache.internal.keeper.KeeperQueue;
import io.slabcache.internal.keeper.Kept;
import io.slabcache.internal.slab.Grower;
import io.slabcache.internal.slab.SlabSupply;
import io.slabcache.internal.util.Log;
import io.slabcache.internal.util.StackReserve;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the keeper does for one cache. The keeper's thread calls {@link #work}, one thread at a time; any thread of the
 * cache asks for it.
 */
final class Keeping implements Kept, Grower.Helper {
    /** After a failure. A thread that needs an object meanwhile tries on its own. */
    private static final long PAUSE_NANOS = 1_000_000_000;

    private final CacheCore core;
    private final SlabSupply supply;
    private final KeeperQueue queue;
    private final long ahead;

    /** Null if unused memory stays. */
    private final @Nullable Trimming trimming;

    /** Whether the keeper has to look. Set by any thread, cleared by the keeper before it looks. */
    private volatile boolean requested;

    /** Whether the queue has this. Written under this object's monitor. */
    private volatile boolean isMember;

    /** Whether the last step failed, and the pause after it has not ended. Written by the keeper. */
    private volatile boolean failed;

    /** The end of the pause. Accessed by the keeper. */
    private long retryAt;

    Keeping(CacheCore core, KeeperQueue queue, long ahead, Optional<Duration> trimAfter) {
        this.core = core;
        this.supply = core.supply;
        this.queue = queue;
        this.ahead = ahead;
        this.trimming = trimAfter.isPresent() ? new Trimming(core, trimAfter.get(), ahead) : null;
    }

    /** Begins, once the cache is complete. A cache that asked for nothing is not looked at before it grows. */
    void start() {
        supply.grower().helpedBy(ahead, this);
        if (ahead > 0 || trimming != null) {
            wake();
        }
    }

    private synchronized void join() {
        StackReserve.claimForFirstUse();
        if (!isMember) {
            queue.add(this);
            isMember = true;
        }
    }

    /** Ends with the cache. A slab that the keeper is making now goes back as soon as it is made. */
    void end() {
        queue.remove(this);
    }

    @Override
    public void wake() {
        requested = true;
        try {
            if (!isMember) {
                join();
            }
            queue.wake();
        } catch (OutOfMemoryError e) {
            // No room to join, or to start the thread. The caller's own growth succeeded; the next one tries again.
        }
    }

    @Override
    public void nudge() {
        if (!requested) {
            requested = true;
            queue.nudge();
        }
    }

    @Override
    public boolean work(long now) {
        if (failed && now - retryAt < 0) {
            return false;
        }
        try {
            failed = false;
            return grow() || trimming != null && trimming.work(now);
        } catch (Throwable e) {
            pause();
            report(e);
            return false;
        }
    }

    /** Looks at a cache with objects to keep ready even if no thread asked, because a nudge may come too early. */
    private boolean grow() {
        if (ahead == 0 && !requested) {
            return false;
        }
        requested = false;
        boolean grown = keep();
        if (grown) {
            requested = true;
        }
        if (!grown && supply.refusal() != null) {
            // A spent budget is asked now and then only.
            pause();
        }
        return grown;
    }

    private boolean keep() {
        Asking.forbid();
        try {
            return supply.grower().keep();
        } finally {
            Asking.allow();
        }
    }

    private void pause() {
        retryAt = System.nanoTime() + PAUSE_NANOS;
        failed = true;
    }

    private void report(Throwable e) {
        try {
            if (supply.isOpen()) {
                Log.once("the keeper of " + core + " could not make a slab or give one back: " + e
                        + "; it tries again later, and a thread that needs an object tries by itself");
            }
        } catch (Throwable again) {
            // From a full heap, a log handler, or the text of the exception. The line is lost, and the keeper goes on.
        }
    }

    @Override
    public Need need() {
        if (ahead > 0 || trimming != null) {
            return Need.LOOKS;
        }
        return supply.grower().isGrowing() && !supply.isClosed() ? Need.PRESENCE : Need.NONE;
    }
}

package io.slabcache.internal.leaks;

import io.slabcache.diagnostics.ObjectTrace;
import io.slabcache.internal.debug.Sample;
import io.slabcache.internal.debug.Traces;
import io.slabcache.internal.debug.Tracker;
import io.slabcache.internal.slab.SizedObjects;
import io.slabcache.internal.slab.Slab;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.VarHandle;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Finds leaked objects: the program has dropped the segment, so no code can free the object.
 *
 * <p>A watched allocation gets a segment of its own, to which nothing here refers. If the collector takes the segment
 * while the allocation is current, the object has leaked. An allocation is current until the same object is watched
 * again or is no longer {@link Liveness live}.
 *
 * <p>A program that frees by address, or by a view of its own, drops the segment some time before the free. So each
 * object is checked again at later collections, and reported only after a grace period.
 *
 * <p>For any thread, without a lock.
 */
public final class LeakWatches {
    /** Tells whether a watched allocation is current. */
    public interface Liveness {
        /**
         * Called before the object of a watched allocation is handed out.
         *
         * @param slab of the object
         * @param address of the object
         */
        void begin(Slab slab, long address);

        /**
         * {@return false if the object was freed since, even if it was handed out again without being watched}
         *
         * @param slab of the object
         * @param address of the object
         */
        boolean goesOn(Slab slab, long address);
    }

    private final Liveness liveness;
    private final long grace;
    private final LongSupplier nanoTime;
    private final Tracker tracker = new Tracker(InstantSource.system());
    private final ReferenceQueue<Object> gone = new ReferenceQueue<>();

    /** Collected, but not examined because the heap was full. Guarded by {@code gone}, under which nothing blocks. */
    private @Nullable Watch unseen;

    /** By the address of the object. */
    private final Map<Long, Watch> watches = new ConcurrentHashMap<>();

    /**
     * Makes a search that watches nothing yet.
     *
     * @param liveness of the objects
     * @param grace least time from the end of a segment to a leak
     * @param nanoTime clock for the grace period
     */
    public LeakWatches(Liveness liveness, Duration grace, LongSupplier nanoTime) {
        this.liveness = liveness;
        this.grace = grace.toNanos();
        this.nanoTime = nanoTime;
    }

    /**
     * Watches an allocation.
     *
     * @param slab of the object
     * @param address of the object, which is live and owned by the caller
     * @param bytes of the object that the user gets
     * @return the segment for the user
     */
    public MemorySegment watch(Slab slab, long address, long bytes) {
        MemorySegment segment = SizedObjects.segment(slab, address, bytes);
        watches.put(address, new Watch(segment, gone, slab, address, tracker.track()));
        // The last watch of this object must be gone before the object looks watched again.
        VarHandle.releaseFence();
        liveness.begin(slab, address);
        Reference.reachabilityFence(segment);
        return segment;
    }

    /**
     * Ends the watch of an object that is being handed out again.
     *
     * @param address of the object
     */
    public void forget(long address) {
        watches.remove(address);
    }

    /**
     * Returns the leaked objects found since the last call.
     *
     * @return each object once, with its allocation
     */
    public List<Sample> takeLeaked() {
        List<Sample> leaked = new ArrayList<>();
        for (Watch watch; (watch = nextGone()) != null; ) {
            try {
                look(watch, leaked);
            } catch (OutOfMemoryError e) {
                // The queue delivers a reference only once. It waits for the next call; earlier findings are reported
                // now.
                keep(watch);
                break;
            }
        }
        return leaked;
    }

    private @Nullable Watch nextGone() {
        synchronized (gone) {
            Watch waiting = unseen;
            if (waiting != null) {
                unseen = waiting.below;
                return waiting;
            }
        }
        return (Watch) gone.poll();
    }

    private void keep(Watch watch) {
        synchronized (gone) {
            watch.below = unseen;
            unseen = watch;
        }
    }

    private void look(Watch watch, List<Sample> leaked) {
        boolean goesOn = liveness.goesOn(watch.slab, watch.address);
        VarHandle.acquireFence();
        long now = nanoTime.getAsLong();
        if (goesOn && !watch.isOver(now, grace)) {
            watches.replace(watch.address, watch, watch.lookAgain(gone, now));
            return;
        }
        leaked.add(watch.sample());
        if (!watches.remove(watch.address, watch) || !goesOn) {
            leaked.removeLast();
        }
    }

    /**
     * Returns live objects that are watched.
     *
     * @return some of the live objects, with their allocations
     */
    public List<Sample> live() {
        return watches.values().stream()
                .filter(watch -> liveness.goesOn(watch.slab, watch.address))
                .map(Watch::sample)
                .toList();
    }

    /**
     * Returns where the watched live objects were allocated.
     *
     * @param objectSize bytes of each object
     * @return the most frequent stack first
     */
    public List<ObjectTrace> traces(long objectSize) {
        return Traces.of(live(), tracker.now(), objectSize);
    }

    /** Drops all watches, once the cache is closed. */
    public void close() {
        watches.clear();
    }
}

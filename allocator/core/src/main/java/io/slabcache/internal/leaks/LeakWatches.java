package io.slabcache.internal.leaks;

import io.slabcache.diagnostics.ObjectTrace;
import io.slabcache.internal.debug.Sample;
import io.slabcache.internal.debug.Traces;
import io.slabcache.internal.debug.Tracker;
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

/**
 * Finds objects that can be freed no more, because the program has dropped the segment that it got for them.
 *
 * <p>A watched allocation gets a segment of its own, which is not kept anywhere here. If the collector takes that segment
 * while the allocation goes on, the object has leaked. The allocation goes on as long as no other one of the same object
 * was watched since, and the object is still {@link Liveness live}.
 *
 * <p>A program that frees by address, or by a view of its own, lets go of the segment some time before. So each object is
 * looked at again at later collections, and reported only after a time of grace.
 *
 * <p>Any thread, without a lock.
 */
public final class LeakWatches {
    /** Whether the allocation that an object was watched for goes on. */
    public interface Liveness {
        /**
         * Told before the object of a watched allocation is given to its caller.
         *
         * @param slab of the object
         * @param address of the object
         */
        void begin(Slab slab, long address);

        /**
         * {@return false if the object was freed since, also if it was handed out again without being watched}
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

    /** Gone, but not looked at because the heap was full. Guarded by {@code gone}, under which nothing blocks. */
    private Watch unseen;

    /** By address of the object. */
    private final Map<Long, Watch> watches = new ConcurrentHashMap<>();

    /**
     * Watches nothing yet.
     *
     * @param liveness of the objects
     * @param grace for how long, at least, a segment has to be gone before that is a leak
     * @param nanoTime clock for that
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
     * @param address of the object, which is live and in the caller's hands
     * @return the segment for the user
     */
    public MemorySegment watch(Slab slab, long address) {
        MemorySegment segment = slab.newSegment(address);
        watches.put(address, new Watch(segment, gone, slab, address, tracker.track()));
        // The last watch of this object has to be out of the way before the object looks watched again.
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
     * Objects that have leaked.
     *
     * @return each once, with the allocation
     */
    public List<Sample> takeLeaked() {
        List<Sample> leaked = new ArrayList<>();
        for (Watch watch; (watch = nextGone()) != null; ) {
            try {
                look(watch, leaked);
            } catch (OutOfMemoryError e) {
                // The queue gives it once only: it waits for the next call, and what was found so far is reported.
                keep(watch);
                break;
            }
        }
        return leaked;
    }

    private Watch nextGone() {
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
     * Live objects that are watched.
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
     * Where the live objects that are watched were allocated.
     *
     * @param objectSize bytes of each object
     * @return the most frequent stack first
     */
    public List<ObjectTrace> traces(long objectSize) {
        return Traces.of(live(), tracker.now(), objectSize);
    }

    /** Forgets everything, once the cache is closed. */
    public void close() {
        watches.clear();
    }
}

package io.slabcache.internal.sizes;

import io.slabcache.diagnostics.MisuseReport;
import io.slabcache.diagnostics.ObjectTrack;
import io.slabcache.internal.cache.Reports;
import io.slabcache.internal.config.LeakPlan;
import io.slabcache.internal.debug.Description;
import io.slabcache.internal.debug.Tracker;
import java.lang.foreign.MemorySegment;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Large objects whose segment no code can reach any more while they are live. A watched user gets a segment of its own,
 * to which nothing here refers. A program that frees by address drops the segment before the free, so an object counts as
 * leaked only after the time of grace.
 *
 * <p>For any thread, without a lock. Each look comes with a call that makes or returns a region, which costs much more.
 */
final class LargeLeaks {
    private final LargeObjects objects;
    private final Reports reports;
    private final @Nullable LeakPlan plan;
    private final Tracker tracker = new Tracker(InstantSource.system());
    private final ReferenceQueue<MemorySegment> gone = new ReferenceQueue<>();

    /** All watches: the collector enqueues only those that are reachable. */
    private final Set<Watch> watches = ConcurrentHashMap.newKeySet();

    private final LongAdder count = new LongAdder();

    /** The stacks that were reported. */
    private final Set<List<StackTraceElement>> sites = ConcurrentHashMap.newKeySet();

    /** The segment of a user. */
    private static final class Watch extends WeakReference<MemorySegment> {
        final LargeObject object;
        final ObjectTrack by;

        /** When the segment was found to be unreachable, or 0. Written by any thread that looks. */
        volatile long goneAt;

        Watch(MemorySegment segment, ReferenceQueue<MemorySegment> gone, LargeObject object, ObjectTrack by) {
            super(segment, gone);
            this.object = object;
            this.by = by;
        }
    }

    /**
     * Looks for leaks if the property says so.
     *
     * @param objects of the allocator
     * @param reports of the allocator
     */
    LargeLeaks(LargeObjects objects, Reports reports) {
        this.objects = objects;
        this.reports = reports;
        this.plan = LeakPlan.byProperty();
    }

    /**
     * Decides whether to watch an object that is being handed out.
     *
     * @param segment of the object
     * @return the segment for the user; the same one if the object is not watched, or the heap is full
     */
    MemorySegment watch(MemorySegment segment) {
        LargeObject object = plan != null && plan.rate().hits(1) ? objects.find(segment.address()) : null;
        if (object == null) {
            return segment;
        }
        try {
            MemorySegment own = segment.asSlice(0, segment.byteSize());
            watches.add(new Watch(own, gone, object, tracker.track()));
            Reference.reachabilityFence(own);
            return own;
        } catch (OutOfMemoryError e) {
            return segment;
        }
    }

    /** Reports leaks. Called with no lock held, because it calls the user's listener. */
    void report() {
        LeakPlan known = plan;
        if (known == null) {
            return;
        }
        long grace = known.grace().toNanos();
        long now = System.nanoTime() | 1;
        while (gone.poll() instanceof Watch watch) {
            watch.goneAt = now;
        }
        for (Watch watch : watches) {
            if (watch.goneAt != 0) {
                look(watch, now - watch.goneAt >= grace);
            }
        }
    }

    private void look(Watch watch, boolean isOver) {
        boolean isLive = objects.find(watch.object.address()) == watch.object;
        if ((!isLive || isOver) && watches.remove(watch) && isLive) {
            count.increment();
            if (sites.add(watch.by.stack())) {
                reports.leaked(report(watch));
            }
        }
    }

    private MisuseReport report(Watch watch) {
        long address = watch.object.address();
        StringBuilder text = new StringBuilder(objects.toString())
                .append(": the object of ")
                .append(watch.object.bytes())
                .append(" bytes at 0x")
                .append(Long.toHexString(address))
                .append(
                        " has leaked: its segment is unreachable, and it was not freed. If the program keeps the address"
                                + " alone, let it use allocateAddress(). Further leaks from the same place are only counted.");
        Description.appendTracks(text, watch.by, null);
        return new MisuseReport(
                objects.name(),
                objects.id(),
                MisuseReport.Kind.LEAK,
                address,
                address,
                -1,
                address,
                Optional.of(watch.by),
                Optional.empty(),
                text.toString());
    }

    /** {@return the leaks that were found} */
    long count() {
        return count.sum();
    }
}

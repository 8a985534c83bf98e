package io.slabcache.internal.leaks;

import io.slabcache.diagnostics.ObjectTrack;
import io.slabcache.internal.debug.Sample;
import io.slabcache.internal.slab.Slab;
import java.lang.ref.PhantomReference;
import java.lang.ref.ReferenceQueue;
import org.jspecify.annotations.Nullable;

/** Waits until the segment of one allocation is collected, and then for further collections. */
final class Watch extends PhantomReference<Object> {
    final Slab slab;
    final long address;
    final ObjectTrack by;

    /** When the segment was found to be collected; meaningless before. */
    private final long goneSince;

    private final boolean isGone;

    /** The next one in a stack of {@link LeakWatches}, which guards this field. */
    @Nullable
    Watch below;

    Watch(Object segment, ReferenceQueue<Object> queue, Slab slab, long address, ObjectTrack by) {
        super(segment, queue);
        this.slab = slab;
        this.address = address;
        this.by = by;
        this.goneSince = 0;
        this.isGone = false;
    }

    /** Waits for the next collection, with a referent that is unreachable from the start. */
    private Watch(ReferenceQueue<Object> queue, Watch before, long goneSince) {
        super(new Object(), queue);
        this.slab = before.slab;
        this.address = before.address;
        this.by = before.by;
        this.goneSince = goneSince;
        this.isGone = true;
    }

    /** Whether the segment was collected at least the grace period, and at least one collection, before this one. */
    boolean isOver(long now, long grace) {
        return isGone && now - goneSince >= grace;
    }

    Watch lookAgain(ReferenceQueue<Object> queue, long now) {
        return new Watch(queue, this, isGone ? goneSince : now);
    }

    Sample sample() {
        return new Sample(address, by);
    }
}

package io.slabcache.internal.sizes;

import io.slabcache.diagnostics.SlabAllocatorStats;
import io.slabcache.internal.cache.Reports;
import io.slabcache.internal.config.DebugPlan;
import io.slabcache.internal.slab.Gate;
import io.slabcache.internal.util.StackReserve;

/** The parts of one allocator, for its front door. */
public final class AllocatorParts {
    /** The size classes. */
    public final ClassCaches classes;

    /** Objects of any size and alignment. */
    public final AnySize anySize;

    /** Objects of size classes. */
    public final QuickPath quick;

    /** Changes of size. */
    public final Resizing resizing;

    /** Calls for many objects. */
    public final SizedBulk bulk;

    /** The end. */
    public final AllocatorClosing closing;

    private final String name;
    private final LargeObjects large;
    private final LargeLeaks largeLeaks;
    private final Reports reports;

    /**
     * Builds an allocator without memory.
     *
     * @param settings of the user
     */
    public AllocatorParts(AllocatorSettings settings) {
        this.name = settings.name();
        this.reports = new Reports(settings.policy(), settings.listener());
        Gate gate = new Gate();
        this.classes = new ClassCaches(settings, gate);
        this.large = LargeObjects.of(settings, reports, gate);
        this.largeLeaks = new LargeLeaks(large, reports);
        this.anySize = new AnySize(
                classes,
                large,
                largeLeaks,
                new ForeignFrees(name, large, reports),
                DebugPlan.of(settings.ofLarge()).isEmpty());
        this.quick = new QuickPath(anySize);
        this.resizing = new Resizing(anySize);
        this.bulk = new SizedBulk(anySize);
        this.closing = new AllocatorClosing(gate, classes, large, largeLeaks);
    }

    /** {@return the name given by the user} */
    public String name() {
        return name;
    }

    /** {@return what the allocator holds and has done} */
    public SlabAllocatorStats stats() {
        return new SlabAllocatorStats(
                name,
                classes.stats(),
                large.liveObjects(),
                large.liveBytes(),
                large.reservedBytes(),
                large.frees(),
                largeLeaks.count(),
                reports.count(),
                quick.heapBytes() + classes.directory().heapBytes());
    }

    /** {@return the bytes that went back to the memory source} */
    public long shrink() {
        StackReserve.claimForFirstUse();
        classes.requireOpen();
        quick.forgetDead();
        largeLeaks.report();
        return classes.shrink() + large.shrink();
    }

    @Override
    public String toString() {
        return classes.toString();
    }
}

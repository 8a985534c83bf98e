package io.slabcache.internal.cache;

import io.slabcache.diagnostics.ObjectTrace;
import io.slabcache.diagnostics.SlabCacheStats;
import io.slabcache.internal.leaks.LiveSample;
import io.slabcache.internal.magazine.MagazineHolder;
import io.slabcache.internal.registry.OpenCache;
import java.lang.foreign.MemoryLayout;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The parts of one cache, built by the {@link CacheAssembler}, for the front doors of the cache. */
public final class CacheParts implements OpenCache {
    /** Layers and look-ups. */
    public final CacheCore core;

    /** The path of an allocation. */
    public final AllocationPath allocation;

    /** The path of a free. */
    public final FreePath freeing;

    /** Both paths for users of a part of an object; null unless the cache is a class of an allocator. */
    public final @Nullable SizedPath sized;

    /** Everything that the fast paths do not handle. */
    public final SlowPath slow;

    /** Calls for many objects. */
    public final BulkCalls bulk;

    /** Flush, prefill and shrink. */
    public final Upkeep upkeep;

    /** Statistics and validation. */
    public final Inspection inspection;

    /** The end. */
    public final Closing closing;

    /** Refused frees. */
    public final Misuse misuse;

    /** Refused handles. */
    public final HandleMisuse handleMisuse;

    /** Allocations that a recording samples. */
    private final Sampling sampling;

    /** Refused allocations. */
    public final Exhaustion exhaustion;

    /** The layout of each object, if the user gave one. */
    public final Optional<MemoryLayout> layout;

    /** The segment of all objects; null if they lie in several. Set before the cache is used. */
    private @Nullable OneRegion oneRegion;

    CacheParts(
            CacheCore core,
            AllocationPath allocation,
            FreePath freeing,
            @Nullable SizedPath sized,
            SlowPath slow,
            BulkCalls bulk,
            Upkeep upkeep,
            Inspection inspection,
            Closing closing,
            Misuse misuse,
            Sampling sampling,
            Exhaustion exhaustion,
            Optional<MemoryLayout> layout) {
        this.core = core;
        this.allocation = allocation;
        this.freeing = freeing;
        this.sized = sized;
        this.slow = slow;
        this.bulk = bulk;
        this.upkeep = upkeep;
        this.inspection = inspection;
        this.closing = closing;
        this.misuse = misuse;
        this.handleMisuse = new HandleMisuse(core, misuse);
        this.sampling = sampling;
        this.exhaustion = exhaustion;
        this.layout = layout;
    }

    /**
     * Makes the first objects, on the thread that builds the cache.
     *
     * @param objects more than 0; at most the bound, even if guarded objects are part of it
     */
    void reserve(long objects) {
        long wanted = Math.min(objects, core.maxObjects());
        long made = upkeep.reserve(wanted);
        if (made < wanted) {
            throw new OutOfMemoryError(core + " could reserve " + made + " of " + wanted + " objects"
                    + (core.supply.refusal() == null ? "" : ": " + core.supply.refusal()));
        }
    }

    /** Finds the segment of all objects, after the first ones were made. */
    void findOneRegion() {
        oneRegion = OneRegion.of(core);
    }

    /** {@return the segment of all objects, or null} */
    public @Nullable OneRegion oneRegion() {
        return oneRegion;
    }

    @Override
    public String name() {
        return core.identity.name();
    }

    @Override
    public long id() {
        return core.identity.id();
    }

    @Override
    public boolean covers(long address) {
        return slow.covers(address);
    }

    @Override
    public boolean isOpen() {
        return core.isOpen();
    }

    @Override
    public SlabCacheStats stats() {
        return inspection.stats();
    }

    @Override
    public void inviteSample() {
        sampling.invite();
    }

    @Override
    public List<LiveSample> liveSamples() {
        return sampling.live();
    }

    @Override
    public List<MagazineHolder> holders() {
        return MagazineHolder.in(core.magazines);
    }

    @Override
    public List<ObjectTrace> allocations() {
        return inspection.tracked(true);
    }

    @Override
    public String toString() {
        return core.toString();
    }
}

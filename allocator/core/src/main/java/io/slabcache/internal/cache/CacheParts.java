package io.slabcache.internal.cache;

import io.slabcache.diagnostics.ObjectTrace;
import io.slabcache.internal.registry.OpenCache;
import java.util.List;

/** The parts of one cache, built by the {@link CacheAssembler}, for the front doors of the cache. */
public final class CacheParts implements OpenCache {
    /** Layers and look-ups. */
    public final CacheCore core;

    /** The path of an allocation. */
    public final AllocationPath allocation;

    /** The path of a free. */
    public final FreePath freeing;

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

    /** Refused allocations. */
    public final Exhaustion exhaustion;

    CacheParts(
            CacheCore core,
            AllocationPath allocation,
            FreePath freeing,
            SlowPath slow,
            BulkCalls bulk,
            Upkeep upkeep,
            Inspection inspection,
            Closing closing,
            Misuse misuse,
            Exhaustion exhaustion) {
        this.core = core;
        this.allocation = allocation;
        this.freeing = freeing;
        this.slow = slow;
        this.bulk = bulk;
        this.upkeep = upkeep;
        this.inspection = inspection;
        this.closing = closing;
        this.misuse = misuse;
        this.handleMisuse = new HandleMisuse(core, misuse);
        this.exhaustion = exhaustion;
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
    public long liveObjects() {
        return inspection.stats().liveObjects();
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

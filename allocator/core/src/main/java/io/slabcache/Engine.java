package io.slabcache;

import io.slabcache.internal.debug.Abandonment;
import io.slabcache.internal.debug.CacheIdentity;
import io.slabcache.internal.debug.DebugLayer;
import io.slabcache.internal.debug.LiveByte;
import io.slabcache.internal.debug.Log;
import io.slabcache.internal.debug.OpenCache;
import io.slabcache.internal.debug.Property;
import io.slabcache.internal.debug.Tally;
import io.slabcache.internal.magazine.MagazineLayer;
import io.slabcache.internal.magazine.ThreadCache;
import io.slabcache.internal.slab.Slab;
import io.slabcache.internal.slab.SlabIndex;
import io.slabcache.internal.slab.SlabSupply;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;

/**
 * What one cache consists of, shared by its front doors {@link SlabCache} and {@link LocalCache}: the layers below, and
 * the paths of allocation and free that lead through them.
 *
 * <p>A close makes look-ups in the {@link SlabIndex} fail, so the checked paths need no test for it: they end up here, in
 * {@link #requireOpen}.
 */
final class Engine implements OpenCache {
    final CacheIdentity identity;
    final SlabIndex index;
    final MagazineLayer magazines;
    final Misuse misuse;
    final Reports reports;
    final Inspection inspection;
    final AllocationPath allocation;
    final FreePath freeing;
    final Leasing leasing;
    final SlabSupply supply;
    final ScratchArrays scratches;

    /** Whether objects have live bytes that are kept. Not in a debugged cache, whose debugger has a better account. */
    final boolean checked;

    final boolean lockless;

    /** Null unless the cache is debugged. */
    final Debugger debugger;

    /** Null unless objects have a constructor. */
    private final Construction construction;

    /** Null unless some objects are guarded. */
    final Guard guard;

    /** Null unless somebody looks for leaks. */
    final Leaks leaks;

    final LongAdder exhaustions = new LongAdder();

    /** A cache of which some objects may be guarded. */
    Engine(SlabCacheBuilder builder, SlabSupply supply, int magazineCapacity, GuardPlan guarding) {
        this(builder, supply, magazineCapacity, guarding, null, null, null);
    }

    /** A debugged cache. */
    Engine(SlabCacheBuilder builder, SlabSupply supply, DebugPlan plan, DebugLayer layer) {
        this(builder, supply, 0, null, plan, layer, null);
    }

    /** The guarded objects of a cache. */
    Engine(SlabCacheBuilder builder, SlabSupply supply, DebugPlan plan, DebugLayer layer, Engine guardedFor) {
        this(builder, supply, 0, null, plan, layer, guardedFor);
    }

    private Engine(
            SlabCacheBuilder builder,
            SlabSupply supply,
            int magazineCapacity,
            GuardPlan guarding,
            DebugPlan plan,
            DebugLayer layer,
            Engine guardedFor) {
        this.identity = guardedFor == null ? CacheIdentity.next(builder.name) : guardedFor.identity;
        this.construction = builder.construction;
        this.supply = supply;
        this.index = supply.index();
        this.scratches = new ScratchArrays(supply);
        this.lockless = builder.lockless;
        this.checked = builder.checks == Checks.STANDARD && layer == null;
        this.magazines = new MagazineLayer(supply, lockless ? magazineCapacity : 0, !checked);
        this.misuse = new Misuse(this);
        this.reports = guardedFor == null ? new Reports(builder.misusePolicy, builder.listener) : guardedFor.reports;
        this.debugger = layer == null ? null : new Debugger(this, plan, layer);
        this.leaks = guardedFor == null ? leaks(LeakPlan.byProperty()) : null;
        this.inspection = new Inspection(this);
        this.allocation = new AllocationPath(this);
        this.freeing = new FreePath(this);
        this.leasing = new Leasing(this);
        this.guard = guarding == null ? null : new Guard(this, builder, guarding);
    }

    /** For the time when this is garbage. */
    Abandonment abandonment() {
        LongSupplier own = supply.reservedBytes();
        LongSupplier guarded = guard == null ? () -> 0 : guard.guarded().supply.reservedBytes();
        return Abandonment.of(identity, () -> own.getAsLong() + guarded.getAsLong(), debugger != null || leaks != null);
    }

    private Leaks leaks(LeakPlan plan) {
        if (plan == null || debugger != null) {
            return plan == null ? null : new Leaks(this, plan, debugger);
        }
        if (!checked) {
            Log.once(Property.LEAKS.key() + ": nothing looks for leaks in cache '" + name()
                    + "', which has Checks.NONE and so does not know which objects were freed");
            return null;
        }
        return new Leaks(this, plan, new LiveByte());
    }

    /** The slab of an address, beyond doubt: not misled by a table that is being replaced. Null outside all slabs. */
    Slab slabOf(long address) {
        Slab slab = index.find(address);
        return slab != null ? slab : supply.find(address);
    }

    /** The slab of any address, or null, which is sure: waits for the end of a close that is being decided. */
    Slab find(long address) {
        Slab slab = findUnlessClosed(address);
        if (slab == null) {
            requireOpen();
        }
        return slab;
    }

    /** {@link #find}, but null once the cache is closed. */
    private Slab findUnlessClosed(long address) {
        Slab slab;
        long seals;
        do {
            seals = supply.seals();
            slab = supply.isOpen() ? slabOf(address) : null;
        } while (slab == null && seals != supply.seals());
        return slab;
    }

    /** The slab of an object in the caller's hands. Waits for the end of a close that is being decided. */
    Slab requireSlab(long address) {
        Slab slab = slabOf(address);
        while (slab == null) {
            requireOpen();
            slab = slabOf(address);
        }
        return slab;
    }

    /** Records that an object is live. */
    void handOut(Slab slab, long address) {
        if (checked) {
            slab.markLive(address);
        }
    }

    /** Whether an object starts at an address. */
    boolean owns(long address) {
        Slab slab = findUnlessClosed(address);
        return slab != null
                ? slab.startsAt(address)
                : guard != null && guard.guarded().owns(address);
    }

    MemorySegment handle(long address) {
        Slab found = index.find(address);
        if (found == null && guard != null && guard.covers(address)) {
            return guard.guarded().handle(address);
        }
        Slab slab = found != null ? found : find(address);
        if (slab == null || !slab.startsAt(address)) {
            throw new IllegalArgumentException("0x" + Long.toHexString(address) + " is not the start of an object of "
                    + this + "; expected an address that it handed out");
        }
        return slab.handle(address);
    }

    /** The segment for an allocation that took the slow path. */
    MemorySegment newSegment(long address) {
        return leaks == null ? handle(address) : leaks.segment(address);
    }

    void flush(ThreadCache own) {
        requireOpen();
        magazines.flush(own);
    }

    int prefill(ThreadCache own, int objects) {
        if (objects < 0) {
            throw new IllegalArgumentException("objects is " + objects + "; expected 0 or more");
        }
        requireOpen();
        return magazines.prefill(own, objects);
    }

    long shrink() {
        requireOpen();
        reportLeaks();
        magazines.reclaim();
        magazines.reclaimIdle();
        if (debugger != null) {
            debugger.drain();
        }
        long bytes = supply.shrink();
        magazines.forgetDeparted();
        return bytes + (guard == null ? 0 : guard.guarded().shrink());
    }

    /** To be called with no lock held, for what is found is told to the user's listener. */
    void reportLeaks() {
        if (leaks != null && !isConstructing()) {
            leaks.report();
        }
    }

    /** Whether the calling thread is in the user's constructor, and so cannot have another slab. */
    boolean isConstructing() {
        return construction != null && construction.isRunning();
    }

    /** Waits for the end of a close that is being decided. */
    void requireOpen() {
        if (!supply.isOpen()) {
            throw closed();
        }
    }

    /** Waits for nothing: passes while a close is being decided. */
    void requireNotClosed() {
        if (supply.isClosed()) {
            throw closed();
        }
    }

    private IllegalStateException closed() {
        return new IllegalStateException(this + " is closed");
    }

    CacheExhaustedException exhausted(long asked) {
        boolean injected = debugger != null && debugger.wasInjected();
        return new CacheExhaustedException(identity, asked, inspection.steadyStats(), injected);
    }

    /** The bound on all objects, guarded or not. */
    long maxObjects() {
        long bound = supply.geometry().maxObjects();
        boolean isBounded = bound != Long.MAX_VALUE;
        return guard != null && isBounded ? bound + guard.guarded().maxObjects() : bound;
    }

    long objectSize() {
        return supply.geometry().objectSize();
    }

    long alignment() {
        return supply.geometry().alignment();
    }

    @Override
    public String name() {
        return identity.name();
    }

    @Override
    public boolean covers(long address) {
        return index.find(address) != null || guard != null && guard.covers(address);
    }

    @Override
    public boolean isOpen() {
        return supply.isOpen();
    }

    @Override
    public long liveObjects() {
        return inspection.stats().liveObjects();
    }

    @Override
    public List<Tally> allocations() {
        return debugger == null ? List.of() : debugger.tallies(true);
    }

    @Override
    public String toString() {
        return identity.toString();
    }
}

package io.slabcache.internal.sizes;

import io.slabcache.diagnostics.Debug;
import io.slabcache.diagnostics.ObjectTrace;
import io.slabcache.diagnostics.SlabCacheStats;
import io.slabcache.internal.cache.Reports;
import io.slabcache.internal.config.DebugPlan;
import io.slabcache.internal.config.ProcessBudget;
import io.slabcache.internal.debug.Sample;
import io.slabcache.internal.debug.Traces;
import io.slabcache.internal.debug.Tracker;
import io.slabcache.internal.registry.Abandonment;
import io.slabcache.internal.registry.CacheIdentity;
import io.slabcache.internal.registry.CacheRegistry;
import io.slabcache.internal.registry.OpenCache;
import io.slabcache.internal.slab.Gate;
import io.slabcache.internal.util.StackReserve;
import java.lang.foreign.MemorySegment;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/**
 * The objects that are larger than every class: each is a region of the memory source. For any thread, without a lock:
 * the thread that removes an object from the map frees it.
 */
public final class LargeObjects implements OpenCache {
    private static final int MOST_SAMPLES = 8;

    /** In stack reserves: enough for the steps before and after the source's own calls. */
    private static final int STEPS = 4;

    private final CacheIdentity identity;
    private final LargeRegions regions;
    final LargeMisuse misuse;
    private final boolean isTracked;
    private final Tracker tracker = new Tracker(InstantSource.system());

    /** By address of the first byte of the user. */
    private final ConcurrentSkipListMap<Long, LargeObject> objects = new ConcurrentSkipListMap<>();

    private final LargeCounts counts = new LargeCounts();

    /** That of the allocator. */
    private final Gate gate;

    private LargeObjects(
            CacheIdentity identity, LargeRegions regions, LargeMisuse misuse, boolean isTracked, Gate gate) {
        this.gate = gate;
        this.identity = identity;
        this.regions = regions;
        this.misuse = misuse;
        this.isTracked = isTracked;
    }

    /**
     * Prepares the large objects of an allocator, and makes them known as a cache.
     *
     * @param settings of the allocator
     * @param reports of the allocator
     * @param gate of the allocator
     * @return without objects
     */
    static LargeObjects of(AllocatorSettings settings, Reports reports, Gate gate) {
        DebugPlan plan = DebugPlan.of(settings.ofLarge());
        CacheIdentity identity = CacheIdentity.next(settings.ofLarge().name());
        boolean isTracked = plan.chosen().contains(Debug.TRACKING);
        LargeRegions regions = new LargeRegions(
                ProcessBudget.limit(settings.memory()), plan.chosen().contains(Debug.REDZONES));
        LargeObjects made = new LargeObjects(identity, regions, new LargeMisuse(identity, reports), isTracked, gate);
        CacheRegistry.add(made, Abandonment.of(identity, made.counts::reservedBytes, isTracked));
        return made;
    }

    /** {@return an object with a region of its own} */
    public MemorySegment allocate(long size, long alignment) {
        return create(size, alignment, false).segment();
    }

    /** {@return the address of an object that only {@link #endLease} frees} */
    long lease(long size, long alignment) {
        return create(size, alignment, true).address();
    }

    private LargeObject create(long size, long alignment, boolean leased) {
        requireOpen();
        StackReserve.claim(STEPS);
        LargeObject made = regions.create(size, alignment, isTracked ? tracker.track() : null, leased);
        counts.made(made);
        LargeObject other = objects.putIfAbsent(made.address(), made);
        if (other != null) {
            drop(made);
            throw new IllegalStateException(
                    "the memory source returned the memory of a live object at 0x" + Long.toHexString(made.address()));
        }
        // A close that did not see the object has sealed the gate before it looked.
        if (!gate.isOpen() && objects.remove(made.address(), made)) {
            drop(made);
        }
        requireOpen();
        return made;
    }

    /** Frees a leased object, even if a forced close has left it. */
    void endLease(long address) {
        LargeObject object = find(address);
        if (object != null && object.leased()) {
            remove(object);
        }
    }

    private void drop(LargeObject object) {
        counts.dropped(object);
        regions.close(object);
    }

    /** {@return the object that starts at an address, or null} */
    @Nullable
    LargeObject find(long address) {
        return objects.get(address);
    }

    /** {@return the bytes of the live object that starts at an address, or -1} */
    public long bytesAt(long address) {
        LargeObject object = find(address);
        return object == null ? -1 : object.bytes();
    }

    /** {@return the first bytes of the live object that starts at an address} */
    MemorySegment segmentAt(long address, long bytes) {
        LargeObject object = find(address);
        if (object == null) {
            requireOpen();
            throw new IllegalArgumentException("the object at 0x" + Long.toHexString(address) + " was freed meanwhile");
        }
        return object.segment().asSlice(0, bytes);
    }

    /**
     * Frees the object at an address.
     *
     * @return false, and nothing done, if none starts there
     */
    public boolean free(long address) {
        LargeObject object = find(address);
        if (object != null && object.leased()) {
            misuse.leased(object);
            return true;
        }
        return object != null && remove(object);
    }

    /**
     * Frees an object by a segment, or reports that it is none of the whole object.
     *
     * @return false, and nothing done, if no object starts there
     */
    public boolean free(MemorySegment segment) {
        LargeObject object = find(segment.address());
        if (object == null) {
            return false;
        }
        if (!object.isWhole(segment)) {
            misuse.notWhole(segment, object);
            return true;
        }
        return free(object.address());
    }

    private boolean remove(LargeObject object) {
        StackReserve.claim(STEPS);
        if (!objects.remove(object.address(), object)) {
            return false;
        }
        counts.freed();
        long bad = object.firstBad();
        drop(object);
        if (bad != 0) {
            misuse.overwritten(object, bad);
        }
        return true;
    }

    /** {@return the object whose memory covers an address, or null} */
    @Nullable
    LargeObject covering(long address) {
        Map.Entry<Long, LargeObject> below = objects.floorEntry(address);
        if (below != null && below.getValue().covers(address)) {
            return below.getValue();
        }
        Map.Entry<Long, LargeObject> above = objects.ceilingEntry(address);
        return above != null && above.getValue().covers(address) ? above.getValue() : null;
    }

    private void requireOpen() {
        if (!gate.isOpen()) {
            throw new IllegalStateException(this + " is closed");
        }
    }

    /** Whether no object is live; exact while the gate is sealed. */
    boolean isEmpty() {
        return objects.isEmpty();
    }

    /** {@return addresses of some objects} */
    public long[] samples() {
        return objects.keySet().stream()
                .mapToLong(Long::longValue)
                .limit(MOST_SAMPLES)
                .toArray();
    }

    /** {@return the bytes that users of live objects asked for} */
    public long liveBytes() {
        return counts.liveBytes();
    }

    /** {@return the bytes of regions, live or not closed yet} */
    public long reservedBytes() {
        return counts.reservedBytes() + regions.unclosedBytes();
    }

    /** {@return the frees so far} */
    public long frees() {
        return counts.frees();
    }

    /** {@return the bytes of regions that could not be closed before} */
    public long shrink() {
        return regions.closeAgain();
    }

    /** Frees all objects, once the gate is closed. */
    void close() {
        for (LargeObject object : objects.values()) {
            // Memory on lease outlives a forced close.
            if (!object.leased() && objects.remove(object.address(), object)) {
                drop(object);
            }
        }
        regions.closeAgain();
        CacheRegistry.remove(identity.id());
    }

    @Override
    public String name() {
        return identity.name();
    }

    @Override
    public long id() {
        return identity.id();
    }

    @Override
    public boolean covers(long address) {
        return covering(address) != null;
    }

    @Override
    public boolean isOpen() {
        return gate.isOpen();
    }

    @Override
    public long liveObjects() {
        return objects.size();
    }

    @Override
    public SlabCacheStats stats() {
        return counts.stats(identity, liveObjects(), reservedBytes());
    }

    @Override
    public List<ObjectTrace> allocations() {
        return isTracked
                ? Traces.of(
                        objects.values().stream()
                                .map(object -> new Sample(object.address(), object.track()))
                                .toList(),
                        tracker.now(),
                        0)
                : List.of();
    }

    @Override
    public String toString() {
        return identity.toString();
    }
}

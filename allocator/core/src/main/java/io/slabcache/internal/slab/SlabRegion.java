package io.slabcache.internal.slab;

import io.slabcache.internal.budget.Counted;
import io.slabcache.memory.MemoryRegion;
import io.slabcache.memory.MemorySource;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * A region of the memory source, as the slab layer keeps it. Asks the source's region for its properties once, because
 * a source may not answer the same each time. Counts as held, like a region in a native call, while an object of its
 * slab is leased.
 */
final class SlabRegion implements MemoryRegion {
    /** The class of regions that close their arena. */
    private static final Class<?> OWNER =
            MemoryRegion.of(Arena.global(), MemorySegment.NULL).getClass();

    /** More than any alignment costs; small enough for millions of slabs in one sum. */
    private static final long MOST_OVERHEAD = 1L << 40;

    // Written by the thread that makes the slab, before another thread knows it.
    private MemoryRegion region;
    private MemorySegment segment;
    private long overhead;
    private RegionUser user;

    // Guarded by the lock of RegionReturns: the next region in a chain there, and the claims of RegionClaims.
    SlabRegion next;
    boolean isClaimed;
    boolean isScopeClaimed;

    /**
     * Asks a source for a region. This object exists before the region, so that a full heap cannot lose the region.
     */
    void request(MemorySource source, long bytes, long alignment) {
        region = source.allocate(bytes, alignment);
    }

    /** Asks the region for its segment and its overhead; both calls may throw anything. */
    void open() {
        segment = region.segment();
        overhead = region.overheadBytes();
    }

    void belongsTo(RegionUser user) {
        this.user = user;
    }

    /** How many objects there is room for, of those that were wanted. */
    int objects(int wanted) {
        return region instanceof SlabRanges.Range range ? range.objects() : wanted;
    }

    /** Ends the slab, if there is one; it never came into use. */
    void retire() {
        if (user != null) {
            user.retire();
        }
    }

    boolean isMissing() {
        return region == null;
    }

    /** The region that the source made, whatever budgets count it. */
    Object origin() {
        Object origin = region;
        while (origin instanceof Counted counted) {
            origin = counted.inner();
        }
        return origin;
    }

    @Override
    public MemorySegment segment() {
        return segment;
    }

    /**
     * Whether closing the region ends all memory of its arena. A region of another class is trusted to end only its
     * own.
     */
    boolean ownsArena() {
        return origin().getClass() == OWNER;
    }

    @Override
    public long overheadBytes() {
        return overhead;
    }

    /** Whether the overhead may be true. Sums of impossible ones would overflow. */
    boolean isOverheadPossible() {
        return overhead >= 0 && overhead <= MOST_OVERHEAD;
    }

    /** All bytes of the region, as far as it has told. */
    long bytes() {
        return segment == null ? 0 : segment.byteSize() + (isOverheadPossible() ? overhead : 0);
    }

    /** Whether it may be closed again after a failed close. It may not if something else has ended its memory. */
    boolean isAlive() {
        return segment == null || segment.scope().isAlive();
    }

    @Override
    public void close() {
        if (user != null && user.isAnyLeased()) {
            throw new IllegalStateException("a lease holds an object of this slab");
        }
        region.close();
    }
}

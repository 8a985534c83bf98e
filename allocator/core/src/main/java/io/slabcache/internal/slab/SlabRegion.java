package io.slabcache.internal.slab;

import io.slabcache.memory.MemoryRegion;
import io.slabcache.memory.MemorySource;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * A region of the memory source as the slab layer keeps it: it is asked once what it is, for a source is not trusted to
 * answer the same each time. It is held, like one that a native call uses, while an object of its slab is on a lease.
 */
final class SlabRegion implements MemoryRegion {
    /** The class of regions that close their arena. */
    private static final Class<?> OWNER =
            MemoryRegion.of(Arena.global(), MemorySegment.NULL).getClass();

    // Written by the thread that makes the slab, before another thread knows it.
    private MemoryRegion region;
    private MemorySegment segment;
    private long overhead;
    private RegionUser user;

    // Guarded by the lock of RegionReturns: the neighbour in a chain there, and what RegionClaims has of this region.
    SlabRegion next;
    boolean isClaimed;
    boolean isScopeClaimed;

    /** Asks a source for a region. Exists before that, so that nothing is lost between the two because the heap is full. */
    void request(MemorySource source, long bytes, long alignment) {
        region = source.allocate(bytes, alignment);
    }

    /** Asks the region for its segment, and for what else it takes; may throw what it likes. */
    void open() {
        segment = region.segment();
        overhead = region.overheadBytes();
    }

    void belongsTo(RegionUser user) {
        this.user = user;
    }

    /** Ends the slab, if there is one: it never comes into use. */
    void retire() {
        if (user != null) {
            user.retire();
        }
    }

    boolean isMissing() {
        return region == null;
    }

    /** What the source returned. */
    MemoryRegion region() {
        return region;
    }

    @Override
    public MemorySegment segment() {
        return segment;
    }

    /** Whether to close the region ends all memory of its arena; a region of another class is trusted to end its own. */
    boolean ownsArena() {
        return region.getClass() == OWNER;
    }

    @Override
    public long overheadBytes() {
        return overhead;
    }

    /** All that the region takes, as far as it has told. */
    long bytes() {
        return segment == null ? 0 : segment.byteSize() + Math.max(overhead, 0);
    }

    /** Whether it may be closed later, after its close failed: not if something else has ended it. */
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

package io.slabcache.internal.slab;

import io.slabcache.memory.MemoryRegion;
import io.slabcache.memory.MemorySource;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.function.Consumer;

/** Makes a slab: asks the memory source for a region, distrusts it, and runs the user's constructor on each object. */
final class SlabFactory {
    private final SlabGeometry geometry;
    private final MemorySource source;
    private final Consumer<Slab> preparation;
    private final Consumer<MemorySegment> constructor;
    private final RegionReturns returns;

    SlabFactory(
            SlabGeometry geometry,
            MemorySource source,
            Consumer<Slab> preparation,
            Consumer<MemorySegment> constructor,
            RegionReturns returns) {
        this.geometry = geometry;
        this.source = source;
        this.preparation = preparation;
        this.constructor = constructor;
        this.returns = returns;
    }

    /**
     * A slab that no other thread knows yet. Whatever the source or the constructor throws reaches the caller, and the
     * region has been given back by then, or will be with the next ones; but not one that the source had given out before.
     *
     * @param others all slabs of the cache
     */
    Slab create(int objects, List<Slab> others) {
        long bytes = geometry.regionBytes(objects);
        MemoryRegion region = source.allocate(bytes, geometry.regionAlignment());
        try {
            check(region, bytes);
            Slab slab = new Slab(geometry, region, objects);
            // Before anything is written there.
            checkApart(slab, others);
            preparation.accept(slab);
            if (constructor != null) {
                for (int i = 0; i < objects; i++) {
                    constructor.accept(slab.handle(slab.address(i)));
                }
            }
            return slab;
        } catch (Throwable e) {
            if (region != null && others.stream().noneMatch(other -> other.region() == region)) {
                returns.discard(region, e);
            }
            throw e;
        }
    }

    /** Refuses a region that overlaps a slab of this cache: two objects would share memory. */
    static void checkApart(Slab slab, List<Slab> others) {
        for (Slab other : others) {
            if (start(slab) < end(other) && start(other) < end(slab)) {
                throw new IllegalStateException("memory source returned " + range(slab)
                        + ", which overlaps the live region " + range(other)
                        + "; expected memory that is in nobody's use");
            }
        }
    }

    private void check(MemoryRegion region, long bytes) {
        if (region == null || region.segment() == null) {
            throw refused("null", bytes);
        }
        MemorySegment segment = region.segment();
        if (!segment.isNative() || segment.isReadOnly()) {
            throw refused(segment.isNative() ? "a read-only segment" : "a heap segment", bytes);
        }
        if (!segment.scope().isAlive()) {
            throw refused("a segment of a closed arena", bytes);
        }
        if (!segment.isAccessibleBy(Thread.ofPlatform().unstarted(() -> {}))) {
            throw refused("a segment that only one thread may use", bytes);
        }
        if (segment.byteSize() < bytes
                || segment.address() == 0
                || (segment.address() & (geometry.regionAlignment() - 1)) != 0) {
            throw refused(range(segment.address(), segment.byteSize()), bytes);
        }
    }

    private IllegalStateException refused(String came, long bytes) {
        return new IllegalStateException("memory source " + source + " returned " + came + "; asked for writable native"
                + " memory of at least " + bytes + " bytes aligned to " + geometry.regionAlignment());
    }

    private static long start(Slab slab) {
        return slab.region().segment().address();
    }

    private static long end(Slab slab) {
        return slab.base() + slab.length();
    }

    private static String range(Slab slab) {
        return range(start(slab), end(slab) - start(slab));
    }

    private static String range(long address, long bytes) {
        return "0x" + Long.toHexString(address) + " + " + bytes + " bytes";
    }
}

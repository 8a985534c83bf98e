package io.slabcache.internal.slab;

import io.slabcache.memory.MemorySource;
import java.lang.foreign.MemorySegment;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Makes a slab: asks the memory source for a region, validates it, and runs the user's constructor on each object.
 * Called with no lock held, on several threads at once if necessary.
 */
final class SlabFactory {
    /** Keeps the memory of a new slab apart from all other memory in use. */
    interface Claims {
        /** Throws if the slab overlaps another one. */
        void claim(Growth growth, Slab slab);

        /** Ends the claim, before the memory goes back to its source and may be handed out again. */
        void withdraw(Growth growth);
    }

    private final SlabGeometry geometry;
    private final MemorySource source;
    private final Consumer<Slab> preparation;
    private final Optional<? extends Consumer<MemorySegment>> constructor;
    private final RegionReturns returns;
    private final OnDemandHeap onDemand;

    SlabFactory(
            SlabGeometry geometry,
            MemorySource source,
            Consumer<Slab> preparation,
            Optional<? extends Consumer<MemorySegment>> constructor,
            RegionReturns returns,
            OnDemandHeap onDemand) {
        this.geometry = geometry;
        this.source = source;
        this.preparation = preparation;
        this.constructor = constructor;
        this.returns = returns;
        this.onDemand = onDemand;
    }

    /**
     * Makes a slab that no other thread knows yet. An exception of the source or the constructor reaches the caller;
     * the region has been returned by then, or will be with the next ones. A region that shares its memory or its scope
     * with a live slab is not closed, because that would end the live objects.
     *
     * @param growth that the slab is for
     * @param claims asked before anything is written to the slab's memory
     */
    Slab create(Growth growth, Claims claims) {
        long bytes = geometry.regionBytes(growth.objects);
        SlabRegion region = new SlabRegion();
        region.request(source, bytes, geometry.regionAlignment());
        if (region.isMissing()) {
            throw refused("null", bytes);
        }
        int objects = region.objects(growth.objects);
        bytes = geometry.regionBytes(objects);
        // Whether closing the region takes no memory from live objects.
        boolean alone = returns.claim(region);
        try {
            region.open();
            if (region.segment() == null) {
                throw refused("null", bytes);
            }
            boolean apart = returns.claimScope(region) && alone;
            alone = apart;
            check(region.segment(), bytes);
            if (!region.isOverheadPossible()) {
                throw refused(
                        "a region with " + region.overheadBytes() + " bytes of overhead, expected 0 to 2^40,", bytes);
            }
            Slab slab = new Slab(geometry, region, objects, onDemand);
            region.belongsTo(slab);
            alone = false;
            claims.claim(growth, slab);
            if (!apart) {
                throw refused(
                        "memory that ends together with a live slab, because both share one region or one" + " arena",
                        bytes);
            }
            alone = true;
            construct(growth, slab);
            return slab;
        } catch (Throwable e) {
            if (alone) {
                claims.withdraw(growth);
                returns.discard(region, e);
            } else {
                returns.abandon(region);
            }
            region.retire();
            throw e;
        }
    }

    private void construct(Growth growth, Slab slab) {
        preparation.accept(slab);
        if (constructor.isPresent()) {
            growth.phase = Growth.Phase.CONSTRUCTOR;
            for (int i = 0; i < slab.objects(); i++) {
                constructor.get().accept(slab.handle(slab.address(i)));
            }
        }
    }

    private void check(MemorySegment segment, long bytes) {
        if (!segment.isNative() || segment.isReadOnly()) {
            throw refused(segment.isNative() ? "a read-only segment" : "a heap segment", bytes);
        }
        if (!segment.scope().isAlive()) {
            throw refused("a segment of a closed arena", bytes);
        }
        if (!segment.isAccessibleBy(anotherThread())) {
            throw refused("a segment that only one thread may use", bytes);
        }
        if (segment.byteSize() < bytes
                || segment.address() == 0
                || (segment.address() & (geometry.regionAlignment() - 1)) != 0) {
            throw refused(SlabOverlap.range(segment.address(), segment.byteSize()), bytes);
        }
    }

    /** A thread that is never started. Without inherited thread-locals, because copying them runs user code. */
    private static Thread anotherThread() {
        return Thread.ofPlatform().inheritInheritableThreadLocals(false).unstarted(() -> {});
    }

    private IllegalStateException refused(String came, long bytes) {
        return new IllegalStateException("memory source " + source + " returned " + came + "; asked for writable native"
                + " memory of at least " + bytes + " bytes aligned to " + geometry.regionAlignment());
    }
}

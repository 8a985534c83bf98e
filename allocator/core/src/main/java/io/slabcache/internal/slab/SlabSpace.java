package io.slabcache.internal.slab;

import io.slabcache.internal.util.Waiting;
import io.slabcache.memory.MemoryRegion;
import io.slabcache.memory.MemoryReservation;
import io.slabcache.memory.MemorySource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

/**
 * Where the slabs of a supply lie: in ranges of a reservation, if the source has one for the supply; otherwise each is a
 * region of its own.
 *
 * <p>A bounded supply has one reservation, for exactly its objects. The reservation of another one is so large that it is
 * hardly ever full. If it is, the supply gets a second one, whose objects have no numbers.
 */
public final class SlabSpace implements MemorySource {
    /** After this wait for ranges that are being released, there is no memory. */
    private static final long MOST_PATIENCE_NANOS = 10_000_000_000L;

    /** A slab that is smaller than this part of the wanted one is not worth it, while there are other addresses. */
    private static final int LEAST_PART = 8;

    private final SpaceGeometry geometry;
    private final MemorySource source;

    /** All reservations, the first one first. Replaced by compare-and-set. */
    private final AtomicReference<List<SlabRanges>> all = new AtomicReference<>(List.of());

    /** The reservation whose objects have numbers; null if the source has none. */
    private final SlabRanges first;

    /** Whether the supply is closed. Written before the reservations are ended, read after one is added. */
    private volatile boolean ended;

    SlabSpace(SlabGeometry geometry, MemorySource source) {
        this.geometry = new SpaceGeometry(geometry);
        this.source = source;
        this.first = reserve();
    }

    /** Asks for less and less, since another user of the addresses may have left less. */
    private SlabRanges reserve() {
        for (long bytes = geometry.bytes(); bytes >= geometry.leastBytes(); bytes /= 2) {
            Optional<MemoryReservation> reservation = source.reserve(bytes, geometry.alignment());
            if (reservation.isPresent()) {
                SlabRanges ranges = SlabRanges.of(reservation.get(), geometry, source);
                add(ranges);
                return ranges;
            }
        }
        return null;
    }

    /** The geometry of the slabs: that of the supply, in units if there are any. */
    SlabGeometry slabs() {
        return hasUnits() ? geometry.slabs.inUnits(first.unit()) : geometry.slabs;
    }

    private boolean hasUnits() {
        return first != null && first.unit() > 0;
    }

    /**
     * An index without slabs.
     *
     * @param directory of all slabs of several caches, or null
     */
    SlabIndex index(SlabDirectory directory) {
        int granuleShift = geometry.slabs.granuleShift();
        return hasUnits()
                ? new NumberedIndex(granuleShift, directory, geometry.slabs, first.window(), first.unit())
                : new SlabIndex(granuleShift, directory);
    }

    private void add(SlabRanges ranges) {
        List<SlabRanges> before;
        List<SlabRanges> after;
        do {
            before = all.get();
            after = Stream.concat(before.stream(), Stream.of(ranges)).toList();
        } while (!all.compareAndSet(before, after));
        if (ended) {
            ranges.end();
        }
    }

    /** {@return whether all objects lie in one range of addresses, except those that it has no room for} */
    public boolean isReserved() {
        return first != null;
    }

    /** {@return the range in which objects have numbers; only if {@link #isReserved}} */
    public SlabRanges numbered() {
        return first;
    }

    /**
     * Makes the region of a slab. A range may be smaller than asked for, if there is no room for a larger one.
     *
     * @throws OutOfMemoryError if there is no memory, or a bounded supply has no addresses left
     */
    @Override
    public MemoryRegion allocate(long bytes, long alignment) {
        int objects = geometry.objectsIn(bytes);
        long begun = System.nanoTime();
        for (int steps = 0; first != null && !ended; steps++) {
            SlabRanges.Range range = take(objects, geometry.isBounded() ? 1 : Math.max(objects / LEAST_PART, 1));
            if (range != null) {
                return range;
            }
            if (!geometry.isBounded()) {
                if (reserve() == null) {
                    break;
                }
            } else if (System.nanoTime() - begun > MOST_PATIENCE_NANOS) {
                throw new OutOfMemoryError("the reserved addresses for " + geometry.maxObjects()
                        + " objects are still in use by slabs that are being given back to memory source " + source);
            } else {
                Waiting.step(steps);
            }
        }
        return source.allocate(bytes, alignment);
    }

    private SlabRanges.Range take(int objects, int least) {
        for (SlabRanges ranges : all.get()) {
            SlabRanges.Range range = ranges.take(objects, least);
            if (range != null) {
                return range;
            }
        }
        return null;
    }

    /**
     * Ends the reservations, each when its last range is back. Slabs that are made from now on do not come into use.
     *
     * @return how many could not be ended because a native call holds their memory; then call this again
     */
    int end() {
        ended = true;
        int held = 0;
        for (SlabRanges ranges : all.get()) {
            held += ranges.end() ? 0 : 1;
        }
        return held;
    }
}

package io.slabcache.internal.slab;

import io.slabcache.internal.util.CountedLock;
import io.slabcache.memory.MemoryRegion;
import io.slabcache.memory.MemoryReservation;
import io.slabcache.memory.MemorySource;
import java.lang.foreign.MemorySegment;
import java.util.BitSet;

/**
 * One reservation, and which pages of it belong to slabs. Slabs take the lowest addresses that are free. No lock is held
 * while the reservation commits, releases or closes.
 */
public final class SlabRanges {
    /** The region of a slab in a reservation. Its close gives the pages back; the segment's scope goes on. */
    static final class Range implements MemoryRegion {
        private final SlabRanges owner;
        private final MemorySegment segment;
        private final long pageOffset;
        private final long pageBytes;
        private final int objects;

        /** Accessed by the thread that closes it, one at a time. */
        private boolean isReleased;

        private Range(SlabRanges owner, MemorySegment segment, long pageOffset, long pageBytes, int objects) {
            this.owner = owner;
            this.segment = segment;
            this.pageOffset = pageOffset;
            this.pageBytes = pageBytes;
            this.objects = objects;
        }

        @Override
        public MemorySegment segment() {
            return segment;
        }

        /** The rest of the first page and of the last one. */
        @Override
        public long overheadBytes() {
            return pageBytes - segment.byteSize();
        }

        long pageOffset() {
            return pageOffset;
        }

        long pageBytes() {
            return pageBytes;
        }

        /** The objects that there is room for. */
        int objects() {
            return objects;
        }

        /** The last one may end the reservation, which may have to be tried again. */
        @Override
        public void close() {
            if (!isReleased) {
                owner.release(this);
                isReleased = true;
            }
            owner.closeIfUnused();
        }
    }

    private final SpaceGeometry geometry;
    private final MemoryReservation reservation;
    private final MemorySegment segment;
    private final long pageBytes;
    private final int pages;

    /** Objects that have numbers here. */
    private final long numbers;

    /** Objects of a unit, or 0: see {@link SpaceGeometry#unit}. */
    private final int unit;

    private final CountedLock lock = new CountedLock();

    // Everything below is guarded by lock.

    /** Pages of slabs, and of those that are being made or given back. */
    private final BitSet used = new BitSet();

    private int ranges;
    private boolean ended;
    private boolean closed;

    private SlabRanges(
            SpaceGeometry geometry, MemoryReservation reservation, MemorySegment segment, long pageBytes, long bytes) {
        this.geometry = geometry;
        this.reservation = reservation;
        this.segment = segment;
        this.pageBytes = pageBytes;
        this.pages = (int) (bytes / pageBytes);
        this.numbers = geometry.numbers(bytes);
        this.unit = geometry.unit(pageBytes);
    }

    /** Asks a reservation for its properties once. Closes it if they are not as they should be. */
    static SlabRanges of(MemoryReservation reservation, SpaceGeometry geometry, MemorySource source) {
        boolean isGood = false;
        try {
            MemorySegment segment = reservation.segment();
            long page = reservation.pageBytes();
            long least = geometry.leastBytes();
            if (segment == null
                    || !segment.isNative()
                    || segment.isReadOnly()
                    || segment.byteSize() < least
                    || (segment.address() & geometry.alignment() - 1) != 0
                    || Long.bitCount(page) != 1
                    || page > SlabGeometry.MAX_BYTES
                    || (segment.byteSize() & page - 1) != 0) {
                throw new IllegalStateException("memory source " + source + " returned a reservation of " + segment
                        + " with pages of " + page + " bytes; expected writable native memory of at least " + least
                        + " bytes aligned to " + geometry.alignment()
                        + ", in whole pages whose size is a power of two");
            }
            long bytes = Math.min(segment.byteSize(), Integer.MAX_VALUE * page);
            SlabRanges ranges = new SlabRanges(geometry, reservation, segment, page, bytes);
            isGood = true;
            return ranges;
        } finally {
            if (!isGood) {
                reservation.close();
            }
        }
    }

    /**
     * Takes a range and commits its pages.
     *
     * @param objects of the slab
     * @param least objects, if there is no room for more
     * @return null if there is no room
     */
    Range take(int objects, int least) {
        Range range = claim(objects, least);
        if (range != null) {
            boolean isMade = false;
            try {
                reservation.commit(range.pageOffset(), range.pageBytes());
                isMade = true;
            } finally {
                if (!isMade) {
                    free(range);
                    closeIfUnused();
                }
            }
        }
        return range;
    }

    private Range claim(int objects, int least) {
        lock.lock();
        try {
            return ended ? null : claimLocked(objects, least);
        } finally {
            lock.unlock();
        }
    }

    private Range claimLocked(int objects, int least) {
        assert lock.isHeld();
        long best = -1;
        long most = least - 1L;
        for (int from = used.nextClearBit(0); from < pages && most < objects; ) {
            int next = used.nextSetBit(from);
            int end = next < 0 ? pages : next;
            long number = geometry.firstNumber(from * pageBytes, unit);
            long fitting = Math.min(geometry.fitting(number, end * pageBytes, numbers), objects);
            if (fitting > most) {
                best = number;
                most = fitting;
            }
            from = used.nextClearBit(end);
        }
        return best < 0 ? null : claim(best, wholePages(best, (int) most));
    }

    /** Leaves out objects that would take a page only in part, unless no others follow. */
    private int wholePages(long number, int objects) {
        int unit = geometry.objectsOfWholePages(pageBytes);
        boolean isWhole = objects < unit || number + objects == numbers;
        return isWhole ? objects : objects - objects % unit;
    }

    private Range claim(long number, int objects) {
        assert lock.isHeld();
        SlabGeometry slabs = geometry.slabs;
        long start = number * slabs.stride;
        long bytes = slabs.regionBytes(objects);
        long from = start & -pageBytes;
        long to = start + bytes + pageBytes - 1 & -pageBytes;
        Range range = new Range(this, segment.asSlice(start, bytes), from, to - from, objects);
        used.set((int) (from / pageBytes), (int) (to / pageBytes));
        ranges++;
        return range;
    }

    /** Gives the memory of a range back. Until that is done, no other slab gets its addresses. */
    void release(Range range) {
        reservation.release(range.pageOffset(), range.pageBytes());
        free(range);
    }

    /** Allocates nothing. */
    private void free(Range range) {
        lock.lock();
        try {
            long from = range.pageOffset() / pageBytes;
            used.clear((int) from, (int) (from + range.pageBytes() / pageBytes));
            ranges--;
        } finally {
            lock.unlock();
        }
    }

    /** Closes the reservation when all ranges are back; returns false if a native call holds it. */
    boolean end() {
        lock.lock();
        try {
            ended = true;
        } finally {
            lock.unlock();
        }
        try {
            closeIfUnused();
            return true;
        } catch (IllegalStateException e) {
            if (segment.scope().isAlive()) {
                return false;
            }
            throw e;
        }
    }

    /** Closes the reservation if it was ended and has no ranges. If the close fails, another one may try again. */
    void closeIfUnused() {
        if (!mayClose()) {
            return;
        }
        boolean isDone = false;
        try {
            reservation.close();
            isDone = true;
        } finally {
            if (!isDone && segment.scope().isAlive()) {
                reopen();
            }
        }
    }

    private boolean mayClose() {
        lock.lock();
        try {
            boolean may = ended && ranges == 0 && !closed;
            closed |= may;
            return may;
        } finally {
            lock.unlock();
        }
    }

    private void reopen() {
        lock.lock();
        try {
            closed = false;
        } finally {
            lock.unlock();
        }
    }

    /** {@return the memory from the first object that may be to the end of the last one} */
    public MemorySegment window() {
        return segment.asSlice(geometry.slabs.leadingGap, numbers * geometry.slabs.stride);
    }

    /** The objects of a unit, or 0 if slabs do not consist of units. */
    int unit() {
        return unit;
    }

    /** {@return how many objects may be here} */
    public long numbers() {
        return numbers;
    }
}

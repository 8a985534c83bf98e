package io.slabcache.memory;

import org.jspecify.annotations.Nullable;

/**
 * Which parts of a file are in use. All extents form a chain in the order of the file, without gaps; the free ones form
 * another chain. Two free extents are never neighbours, and the last extent is never free. To free one allocates
 * nothing, so a full heap cannot lose any.
 *
 * <p>Not thread-safe.
 */
final class FileExtents {
    /** A part of the file. */
    static final class Extent {
        private long offset;
        private long bytes;
        private boolean isFree;
        private @Nullable Extent previous;
        private @Nullable Extent next;
        private @Nullable Extent previousFree;
        private @Nullable Extent nextFree;

        /** The next in a chain of extents that are about to be freed; belongs to the code that frees them. */
        @Nullable
        Extent nextReturned;

        long offset() {
            return offset;
        }

        long bytes() {
            return bytes;
        }
    }

    private @Nullable Extent last;
    private @Nullable Extent firstFree;

    /** {@return the bytes up to the end of the last extent in use} */
    long end() {
        return last == null ? 0 : last.offset + last.bytes;
    }

    /**
     * Takes a part of the file: a free one, or a new one at its end.
     *
     * @param extent a new object, which describes the part afterwards
     * @param bytes how many
     */
    void take(Extent extent, long bytes) {
        extent.bytes = bytes;
        @Nullable Extent place = firstFree;
        while (place != null && place.bytes < bytes) {
            place = place.nextFree;
        }
        if (place == null) {
            extent.offset = end();
            insert(last, extent, null);
        } else {
            extent.offset = place.offset;
            insert(place.previous, extent, place);
            place.offset += bytes;
            place.bytes -= bytes;
            if (place.bytes == 0) {
                removeFree(place);
                remove(place);
            }
        }
    }

    /** Frees a part of the file. */
    void free(Extent extent) {
        @Nullable Extent before = extent.previous;
        if (before != null && before.isFree) {
            absorb(extent, before);
        }
        @Nullable Extent after = extent.next;
        if (after != null && after.isFree) {
            absorb(extent, after);
        }
        if (extent == last) {
            remove(extent);
        } else {
            addFree(extent);
        }
    }

    /** Joins a free neighbour. */
    private void absorb(Extent extent, Extent neighbour) {
        extent.offset = Math.min(extent.offset, neighbour.offset);
        extent.bytes += neighbour.bytes;
        removeFree(neighbour);
        remove(neighbour);
    }

    private void insert(@Nullable Extent before, Extent extent, @Nullable Extent after) {
        extent.previous = before;
        extent.next = after;
        if (before != null) {
            before.next = extent;
        }
        if (after != null) {
            after.previous = extent;
        } else {
            last = extent;
        }
    }

    private void remove(Extent extent) {
        if (extent.previous != null) {
            extent.previous.next = extent.next;
        }
        if (extent.next != null) {
            extent.next.previous = extent.previous;
        } else {
            last = extent.previous;
        }
    }

    private void addFree(Extent extent) {
        extent.isFree = true;
        extent.previousFree = null;
        extent.nextFree = firstFree;
        if (firstFree != null) {
            firstFree.previousFree = extent;
        }
        firstFree = extent;
    }

    private void removeFree(Extent extent) {
        extent.isFree = false;
        if (extent.previousFree == null) {
            firstFree = extent.nextFree;
        } else {
            extent.previousFree.nextFree = extent.nextFree;
        }
        if (extent.nextFree != null) {
            extent.nextFree.previousFree = extent.previousFree;
        }
    }
}

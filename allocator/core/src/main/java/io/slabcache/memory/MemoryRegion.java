package io.slabcache.memory;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Objects;

/**
 * One contiguous piece of off-heap memory that becomes one slab, and the way to return it. A source that has {@linkplain
 * MemorySource#reserve reservations} needs no regions.
 *
 * <pre>{@code
 * Arena arena = Arena.ofShared();
 * MemoryRegion region = MemoryRegion.of(arena, arena.allocate(bytes, alignment));
 * }</pre>
 *
 * <p>A cache closes a region successfully at most once, when no object of its slab is live. {@link #close()} has to end
 * the segment's scope, so that no handle can reach the memory, and must not end the memory of another region.
 */
public interface MemoryRegion extends AutoCloseable {
    /**
     * Returns the memory: native, writable, and at least as large and as aligned as requested. Called once.
     *
     * @return the whole region
     */
    MemorySegment segment();

    /**
     * Returns what the region takes besides its segment, such as bytes lost to alignment. Statistics add it to the
     * reserved bytes. Called once, after {@link #segment()}. The cache refuses a region that returns another number with
     * an {@link IllegalStateException}.
     *
     * @return bytes, 0 to 2<sup>40</sup>
     */
    default long overheadBytes() {
        return 0;
    }

    /**
     * Gives the memory back to its origin. The cache holds no lock during the call. Any exception other than those below
     * is logged and rethrown to the cache's caller; the region is then not closed again, and its bytes stay among the
     * reserved ones while the segment's scope is alive.
     *
     * <p>A {@link VirtualMachineError}, such as {@link StackOverflowError} or {@link OutOfMemoryError}, says nothing about
     * the region. It is rethrown, and the region is closed again later if the segment's scope is still alive. So end the
     * scope before a step that hands the memory on.
     *
     * @throws IllegalStateException if a native call or another operation still holds the segment; the region is then
     *     unchanged, and closed again later
     */
    @Override
    void close();

    /**
     * Makes a region of one segment, with an arena of its own.
     *
     * @param arena closed with the region; must be closeable from any thread, such as {@link Arena#ofShared()}
     * @param segment memory allocated by {@code arena}
     * @return the region
     */
    static MemoryRegion of(Arena arena, MemorySegment segment) {
        return of(arena, segment, 0);
    }

    /**
     * Makes a region of one segment, where the arena has allocated more than the segment.
     *
     * @param arena closed with the region; must be closeable from any thread, such as {@link Arena#ofShared()}
     * @param segment memory allocated by {@code arena}
     * @param overheadBytes what the arena has allocated besides, 0 to 2<sup>40</sup>
     * @return the region
     */
    static MemoryRegion of(Arena arena, MemorySegment segment, long overheadBytes) {
        Objects.requireNonNull(arena, "arena");
        Objects.requireNonNull(segment, "segment");
        /** A region that lives as long as its arena. */
        record ArenaRegion(Arena arena, MemorySegment segment, long overheadBytes) implements MemoryRegion {
            @Override
            public void close() {
                arena.close();
            }
        }
        return new ArenaRegion(arena, segment, overheadBytes);
    }
}

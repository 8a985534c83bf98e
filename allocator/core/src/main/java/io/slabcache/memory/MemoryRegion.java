package io.slabcache.memory;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Objects;

/**
 * One contiguous piece of off-heap memory that becomes one slab, with what is needed to give it back.
 *
 * <p>A region is closed with success at most once, when no object of its slab is live. After that every handle into it
 * must be dead, so the segment's scope has to end with {@link #close()}. A close ends no memory of another region.
 */
public interface MemoryRegion extends AutoCloseable {
    /**
     * The memory: native, writable, at least as large and as aligned as was asked for. Asked once.
     *
     * @return the whole region
     */
    MemorySegment segment();

    /**
     * What the region takes besides its segment, such as the bytes that its alignment costs. Statistics count it among the
     * reserved bytes. Asked once, after {@link #segment()}.
     *
     * @return bytes, 0 or more
     */
    default long overheadBytes() {
        return 0;
    }

    /**
     * Gives the memory back. Called with no lock held. What it throws other than the exception below is logged and thrown by
     * the call that met it; the region is then not closed again, and its bytes stay among the reserved ones.
     *
     * @throws IllegalStateException if a native call or another operation still holds the segment; the region then
     *     stays as it was and is closed again later
     */
    @Override
    void close();

    /**
     * A region that is one segment of an arena of its own.
     *
     * @param arena closed with the region; must be closeable from any thread, such as {@link Arena#ofShared()}
     * @param segment memory allocated by {@code arena}
     * @return the region
     */
    static MemoryRegion of(Arena arena, MemorySegment segment) {
        return of(arena, segment, 0);
    }

    /**
     * {@link #of(Arena, MemorySegment)} of a segment that is a part of what the arena has allocated.
     *
     * @param arena closed with the region; must be closeable from any thread, such as {@link Arena#ofShared()}
     * @param segment memory allocated by {@code arena}
     * @param overheadBytes what the arena has allocated besides, 0 or more
     * @return the region
     */
    static MemoryRegion of(Arena arena, MemorySegment segment, long overheadBytes) {
        Objects.requireNonNull(arena, "arena");
        Objects.requireNonNull(segment, "segment");
        /** A region whose life is the life of its arena. */
        record ArenaRegion(Arena arena, MemorySegment segment, long overheadBytes) implements MemoryRegion {
            @Override
            public void close() {
                arena.close();
            }
        }
        return new ArenaRegion(arena, segment, overheadBytes);
    }
}

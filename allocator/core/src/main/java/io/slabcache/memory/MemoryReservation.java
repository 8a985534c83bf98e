package io.slabcache.memory;

import java.lang.foreign.MemorySegment;

/**
 * One contiguous range of addresses, in which a cache takes and gives back the memory of its slabs. So all objects of the
 * cache lie in one segment: {@link io.slabcache.SlabCache#window}.
 *
 * <p>The whole range is readable and writable from the start to the close. Memory is taken by {@link #commit} and the
 * first touch. What was given back by {@link #release} reads zeros, also through segments that were made before.
 *
 * <pre>{@code
 * Optional<MemoryReservation> found = MappedMemory.builder().build().reserve(1L << 30, 64);
 * try (MemoryReservation addresses = found.orElseThrow()) {
 *     MemorySegment all = addresses.segment();
 *     addresses.commit(0, 4 * addresses.pageBytes());
 *     all.set(ValueLayout.JAVA_LONG, 0, 42);
 *     addresses.release(0, 4 * addresses.pageBytes());
 * }
 * }</pre>
 *
 * <p>A cache commits ranges that do not overlap, releases each as a whole, and closes the reservation when no range is
 * committed. It holds no lock during the calls, and several threads may make them at once for different ranges.
 */
public interface MemoryReservation extends AutoCloseable {
    /**
     * Returns all of the range: native, writable, and at least as large and as aligned as requested.
     *
     * @return the segment; its scope ends with {@link #close}
     */
    MemorySegment segment();

    /**
     * Returns the unit of {@link #commit} and {@link #release}. Offsets and sizes are multiples of it.
     *
     * @return bytes, a power of two up to 2<sup>30</sup>
     */
    long pageBytes();

    /**
     * Takes the memory of a range, or prepares that it is taken at the first touch. It reads zeros.
     *
     * @param offset from the start of the segment
     * @param bytes more than 0
     * @throws OutOfMemoryError if there is no memory; nothing is committed then
     */
    void commit(long offset, long bytes);

    /**
     * Gives the memory of a range back. From then on it reads zeros. What is said of exceptions at {@link
     * MemoryRegion#close} holds here too.
     *
     * @param offset of a committed range
     * @param bytes of that range
     * @throws IllegalStateException if the memory cannot be given back now; it is still committed, and released again
     *     later
     */
    void release(long offset, long bytes);

    /**
     * Ends the segment's scope and gives the addresses back.
     *
     * @throws IllegalStateException if a native call or another operation still holds the segment; the reservation is then
     *     unchanged, and closed again later
     */
    @Override
    void close();
}

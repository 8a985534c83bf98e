package io.slabcache.bench.slots;

import java.util.Optional;

/**
 * An allocator whose objects are known by the number of a slot. Several threads may use it at once, each with slots of its
 * own.
 */
public interface SlotAllocator extends AutoCloseable {

    /** Allocates the object of an empty slot. */
    void allocate(int slot);

    /** Frees the object of a slot, which is empty then. */
    void free(int slot);

    /** Writes the first 8 bytes of the object of a slot. */
    void write(int slot, long value);

    /** Returns a thread in which the allocator works best; it is not started yet. */
    default Thread newThread(Runnable body, String name) {
        return new Thread(body, name);
    }

    /** Called by each thread before it allocates or frees. */
    default void enterThread() {}

    /**
     * Gives back free memory, as far as the allocator has a call for that. Also gives up what the calling thread has
     * cached.
     *
     * @return whether there is such a call
     */
    default boolean shrink() {
        return false;
    }

    /** Returns the calls that had to make memory themselves, if the allocator counts them. */
    default Optional<GrowthStalls> growthStalls() {
        return Optional.empty();
    }

    /** Gives back what the allocator itself holds; its objects need not be free. */
    @Override
    default void close() {}
}

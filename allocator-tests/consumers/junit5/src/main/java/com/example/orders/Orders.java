package com.example.orders;

import io.slabcache.SlabCache;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** What a user writes. */
public final class Orders implements AutoCloseable {
    private final SlabCache cache;

    /**
     * Makes an empty store.
     *
     * @param name of the cache
     */
    public Orders(String name) {
        cache = SlabCache.builder(name, 64).build();
    }

    /**
     * Stores an order.
     *
     * @param id of the order
     * @return the order
     */
    public MemorySegment add(long id) {
        MemorySegment order = cache.allocate();
        order.set(ValueLayout.JAVA_LONG, 0, id);
        return order;
    }

    /**
     * Removes an order.
     *
     * @param order from {@link #add}
     */
    public void remove(MemorySegment order) {
        cache.free(order);
    }

    @Override
    public void close() {
        cache.close();
    }
}

package io.slabcache.bench.demo.orders;

import io.slabcache.LocalCache;
import io.slabcache.SlabCache;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Orders are objects of a bounded cache, all of them made before, in one window. */
final class SlabBook extends FlyweightBook {

    private final SlabCache cache;
    private final LocalCache objects;
    private final MemorySegment window;

    SlabBook(Trades trades, int mostOrders) {
        super(trades, mostOrders);
        cache = cache(mostOrders);
        objects = cache.local();
        window = cache.window();
    }

    /** A cache of so many orders, all of them made before, in one window. */
    static SlabCache cache(int mostOrders) {
        return SlabCache.builder("orders", BYTES)
                .maxObjects(mostOrders)
                .reserve(mostOrders)
                .handles(false)
                .build();
    }

    @Override
    long allocate() {
        return cache.offset(objects.allocateAddress());
    }

    @Override
    void free(long order) {
        objects.freeAddress(window.address() + order);
    }

    @Override
    long getLong(long offset) {
        return window.get(ValueLayout.JAVA_LONG, offset);
    }

    @Override
    void putLong(long offset, long value) {
        window.set(ValueLayout.JAVA_LONG, offset, value);
    }

    @Override
    int getInt(long offset) {
        return window.get(ValueLayout.JAVA_INT, offset);
    }

    @Override
    void putInt(long offset, int value) {
        window.set(ValueLayout.JAVA_INT, offset, value);
    }

    /** Throws if an order was lost. */
    @Override
    public void close() {
        super.close();
        cache.close();
    }
}

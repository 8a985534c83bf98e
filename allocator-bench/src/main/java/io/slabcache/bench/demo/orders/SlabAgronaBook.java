package io.slabcache.bench.demo.orders;

import io.slabcache.LocalCache;
import io.slabcache.SlabCache;
import org.agrona.concurrent.UnsafeBuffer;

/** The orders of {@link SlabBook}, read and written as {@link AgronaBook} does: a buffer of Agrona lies over the window. */
final class SlabAgronaBook extends FlyweightBook {

    private final SlabCache cache;
    private final LocalCache objects;
    private final UnsafeBuffer window;

    SlabAgronaBook(Trades trades, int mostOrders) {
        super(trades, mostOrders);
        cache = SlabCache.builder("orders", BYTES)
                .maxObjects(mostOrders)
                .reserve(mostOrders)
                .handles(false)
                .build();
        objects = cache.local();
        window = new UnsafeBuffer(
                cache.window().address(), Math.toIntExact(cache.window().byteSize()));
    }

    @Override
    long allocate() {
        return cache.offset(objects.allocateAddress());
    }

    @Override
    void free(long order) {
        objects.freeAddress(window.addressOffset() + order);
    }

    @Override
    long getLong(long offset) {
        return window.getLong((int) offset);
    }

    @Override
    void putLong(long offset, long value) {
        window.putLong((int) offset, value);
    }

    @Override
    int getInt(long offset) {
        return window.getInt((int) offset);
    }

    @Override
    void putInt(long offset, int value) {
        window.putInt((int) offset, value);
    }

    /** Throws if an order was lost. */
    @Override
    public void close() {
        super.close();
        cache.close();
    }
}

package io.slabcache.bench.demo.orders;

import io.slabcache.LocalCache;
import io.slabcache.SlabCache;
import org.agrona.concurrent.UnsafeBuffer;

/** The orders of {@link SlabBook}, read and written as {@link AgronaBook} does: a buffer of Agrona lies over the window. */
final class SlabAgronaBook extends BufferBook {

    private final SlabCache cache;
    private final LocalCache objects;

    SlabAgronaBook(Trades trades, int mostOrders) {
        this(trades, mostOrders, SlabBook.cache(mostOrders));
    }

    private SlabAgronaBook(Trades trades, int mostOrders, SlabCache cache) {
        super(
                trades,
                mostOrders,
                new UnsafeBuffer(
                        cache.window().address(), Math.toIntExact(cache.window().byteSize())));
        this.cache = cache;
        this.objects = cache.local();
    }

    @Override
    long allocate() {
        return cache.offset(objects.allocateAddress());
    }

    @Override
    void free(long order) {
        objects.freeAddress(buffer.addressOffset() + order);
    }

    /** Throws if an order was lost. */
    @Override
    public void close() {
        super.close();
        cache.close();
    }
}

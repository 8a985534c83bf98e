package io.slabcache.bench.demo.orders;

import java.nio.ByteBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** Orders are places in one buffer of Agrona. The free ones are linked by hand, and nothing checks what is freed. */
final class AgronaBook extends BufferBook {

    private long free = NONE;

    AgronaBook(Trades trades, int mostOrders) {
        super(trades, mostOrders, new UnsafeBuffer(ByteBuffer.allocateDirect(Math.multiplyExact(mostOrders, BYTES))));
        for (int order = mostOrders - 1; order >= 0; order--) {
            free((long) order * BYTES);
        }
    }

    @Override
    long allocate() {
        long order = free;
        free = getLong(order + NEXT);
        return order;
    }

    @Override
    void free(long order) {
        putLong(order + NEXT, free);
        free = order;
    }
}

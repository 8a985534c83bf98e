package io.slabcache.bench.demo.orders;

import java.nio.ByteBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** Orders are places in one buffer of Agrona. The free ones are linked by hand, and nothing checks what is freed. */
final class AgronaBook extends FlyweightBook {

    private final UnsafeBuffer buffer;
    private long free = NONE;

    AgronaBook(Trades trades, int mostOrders) {
        super(trades, mostOrders);
        buffer = new UnsafeBuffer(ByteBuffer.allocateDirect(Math.multiplyExact(mostOrders, BYTES)));
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

    @Override
    long getLong(long offset) {
        return buffer.getLong((int) offset);
    }

    @Override
    void putLong(long offset, long value) {
        buffer.putLong((int) offset, value);
    }

    @Override
    int getInt(long offset) {
        return buffer.getInt((int) offset);
    }

    @Override
    void putInt(long offset, int value) {
        buffer.putInt((int) offset, value);
    }
}

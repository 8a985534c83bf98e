package io.slabcache.bench.demo.orders;

import org.agrona.concurrent.UnsafeBuffer;

/** A book whose orders lie in one buffer of Agrona. */
abstract class BufferBook extends FlyweightBook {

    final UnsafeBuffer buffer;

    BufferBook(Trades trades, int mostOrders, UnsafeBuffer buffer) {
        super(trades, mostOrders);
        this.buffer = buffer;
    }

    @Override
    final long getLong(long offset) {
        return buffer.getLong((int) offset);
    }

    @Override
    final void putLong(long offset, long value) {
        buffer.putLong((int) offset, value);
    }

    @Override
    final int getInt(long offset) {
        return buffer.getInt((int) offset);
    }

    @Override
    final void putInt(long offset, int value) {
        buffer.putInt((int) offset, value);
    }
}

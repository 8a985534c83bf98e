package io.slabcache.netty;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.netty.buffer.ByteBuf;
import io.slabcache.SlabAllocator;
import java.util.function.BooleanSupplier;

/** What most tests need: allocators that end without a live object, and bytes that tell where they belong. */
final class Buffers implements AutoCloseable {
    final SlabAllocator slabs;
    final SlabByteBufAllocator allocator;

    Buffers(String name) {
        this(SlabAllocator.builder(name).build());
    }

    Buffers(SlabAllocator slabs) {
        this.slabs = slabs;
        this.allocator = SlabByteBufAllocator.of(slabs);
    }

    long live() {
        return slabs.stats().liveObjects();
    }

    /** Fails if a buffer was not released. */
    @Override
    public void close() {
        assertEquals(0, live(), () -> "live objects of " + slabs.stats());
        slabs.close();
    }

    /** At once, because the leak detector may note each call. */
    static ByteBuf fill(ByteBuf buffer, int seed) {
        int from = buffer.writerIndex();
        byte[] bytes = new byte[buffer.writableBytes()];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (seed + 31 * (from + i));
        }
        return buffer.writeBytes(bytes);
    }

    static void check(ByteBuf buffer, int seed, int count) {
        byte[] bytes = new byte[count];
        buffer.getBytes(0, bytes);
        for (int i = 0; i < count; i++) {
            if (bytes[i] != (byte) (seed + 31 * i)) {
                throw new AssertionError("byte " + i + " of " + buffer + " is " + bytes[i]);
            }
        }
    }

    /** Waits some rounds for something that the collector does. */
    static boolean within(int rounds, BooleanSupplier condition) throws InterruptedException {
        for (int i = 0; i < rounds && !condition.getAsBoolean(); i++) {
            System.gc();
            Thread.sleep(20);
        }
        return condition.getAsBoolean();
    }
}

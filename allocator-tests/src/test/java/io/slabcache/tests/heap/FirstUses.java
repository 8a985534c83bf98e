package io.slabcache.tests.heap;

import io.slabcache.GenerationHandles;
import io.slabcache.Lease;
import io.slabcache.LocalCache;
import io.slabcache.SlabCache;
import io.slabcache.nio.ByteBufferPool;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;

/**
 * The program of {@link FirstUseTest}: builds a cache, then uses a class of its own, then makes every kind of call for
 * the first time. The JVM's log tells which classes are initialized before and after.
 */
final class FirstUses {
    private static final int BULK = 20;
    private static final int BOUND = 1_000;

    private final SlabCache cache =
            SlabCache.builder("first uses", 64).maxObjects(BOUND).build();
    private final long[] addresses = new long[BOUND + 1];
    private final MemorySegment[] segments = new MemorySegment[BULK];
    private final ByteBuffer[] bulk = new ByteBuffer[BULK];

    /** Divides the log. */
    static final class Built {
        static int uses = Integer.getInteger("uses", 0);

        private Built() {}
    }

    /** Known bad: has an initializer, which nothing runs early. */
    static final class Late {
        static int uses = Integer.getInteger("uses", 0);

        private Late() {}
    }

    /** Known bad with any argument. */
    public static void main(String[] arguments) {
        FirstUses calls = new FirstUses();
        Built.uses++;
        if (arguments.length > 0) {
            Late.uses++;
        }
        calls.allocateAndFree();
        calls.askAndShrink();
        calls.exhaust();
        calls.misuse();
        calls.end();
    }

    private void allocateAndFree() {
        cache.freeAddress(cache.allocateAddress());
        cache.free(cache.allocate());
        cache.allocateBulk(addresses, 0, BULK);
        cache.freeBulk(addresses, 0, BULK);
        cache.allocateBulk(segments, 0, BULK);
        cache.freeBulk(segments, 0, BULK);
        try (Lease lease = cache.allocateLeased()) {
            lease.handOver().takeOver();
        }
        GenerationHandles generations = cache.generations();
        long handle = generations.allocate();
        generations.free(handle);
        refused(() -> generations.address(handle));
        refused(() -> generations.free(handle));
        LocalCache local = cache.local();
        local.free(local.allocate());
        ByteBufferPool buffers = ByteBufferPool.of(cache);
        buffers.free(buffers.allocate());
        buffers.allocateBulk(bulk, 0, BULK);
        buffers.freeBulk(bulk, 0, BULK);
        refused(() -> buffers.free(bulk[0]));
        refused(() -> buffers.free(bulk[0].duplicate()));
        cache.prefill(2 * BULK);
        cache.flush();
    }

    private void askAndShrink() {
        cache.shrink();
        cache.shrink();
        cache.stats();
        cache.validate();
        cache.allocTraces();
        cache.owns(1);
    }

    private void exhaust() {
        int count = 0;
        for (long address; (address = cache.tryAllocateAddress()) != 0; ) {
            addresses[count++] = address;
        }
        refused(cache::allocateAddress);
        refused(cache::close);
        while (count > 0) {
            cache.freeAddress(addresses[--count]);
        }
    }

    private void misuse() {
        MemorySegment object = cache.allocate();
        cache.free(object);
        refused(() -> cache.free(object));
        refused(() -> cache.freeAddress(1));
        refused(() -> cache.free(null));
    }

    private void end() {
        cache.closeNow();
        refused(cache::allocate);
    }

    private static void refused(Runnable call) {
        try {
            call.run();
        } catch (RuntimeException e) {
            return;
        }
        throw new AssertionError("not refused");
    }
}

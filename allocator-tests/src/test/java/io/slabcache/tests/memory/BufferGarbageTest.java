package io.slabcache.tests.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slabcache.SlabCache;
import io.slabcache.memory.MemoryRegion;
import io.slabcache.memory.MemorySource;
import io.slabcache.nio.ByteBufferPool;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pooled buffers leave no garbage in steady state, also in a cache whose memory is spread. */
class BufferGarbageTest {
    private static final int CALLS = 2_000;
    private static final int SIZE = 1024;

    private final ByteBuffer[] buffers = new ByteBuffer[CALLS];

    private static SlabCache cache() {
        return SlabCache.builder("buffers", SIZE).build();
    }

    private void wave(ByteBufferPool pool) {
        for (int i = 0; i < CALLS; i++) {
            buffers[i] = pool.allocate();
        }
        for (int i = 0; i < CALLS; i++) {
            pool.free(buffers[i]);
        }
    }

    @Test
    void pairs() {
        try (SlabCache cache = cache()) {
            ByteBufferPool pool = ByteBufferPool.of(cache);
            assertEquals(0, GarbageTest.garbage(() -> {
                for (int i = 0; i < CALLS; i++) {
                    pool.free(pool.allocate());
                }
            }));
        }
    }

    @Test
    void waves() {
        try (SlabCache cache = cache()) {
            ByteBufferPool pool = ByteBufferPool.of(cache);
            assertEquals(0, GarbageTest.garbage(() -> wave(pool)));
        }
    }

    @Test
    void bulks() {
        try (SlabCache cache = cache()) {
            ByteBufferPool pool = ByteBufferPool.of(cache);
            assertEquals(0, GarbageTest.garbage(() -> {
                pool.allocateBulk(buffers, 0, CALLS);
                pool.freeBulk(buffers, 0, CALLS);
            }));
        }
    }

    @Test
    void writesToAFile(@TempDir Path folder) throws IOException {
        try (SlabCache cache = cache();
                FileChannel file =
                        FileChannel.open(folder.resolve("file"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            ByteBufferPool pool = ByteBufferPool.of(cache);
            assertEquals(0, GarbageTest.garbage(() -> {
                ByteBuffer buffer = pool.allocate();
                try {
                    file.write(buffer, 0);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
                pool.free(buffer);
            }));
        }
    }

    /** Each slab lies more than 2^30 bytes behind the one before, so the low bits of addresses recur. */
    @Test
    void wavesThroughMemoryThatIsSpread(@TempDir Path folder) throws IOException {
        long distance = 3L << 29;
        try (Arena arena = Arena.ofShared();
                FileChannel file = FileChannel.open(
                        folder.resolve("sparse"),
                        StandardOpenOption.CREATE_NEW,
                        StandardOpenOption.SPARSE,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE)) {
            MemorySegment all = file.map(FileChannel.MapMode.READ_WRITE, 0, 5 * distance, arena);
            long[] next = {0};
            MemorySource spread = (bytes, alignment) -> {
                long start = -all.address() - next[0] & alignment - 1;
                MemorySegment region = all.asSlice(next[0] + start, bytes);
                next[0] += distance;
                return new MemoryRegion() {
                    @Override
                    public MemorySegment segment() {
                        return region;
                    }

                    @Override
                    public void close() {}
                };
            };
            try (SlabCache cache = SlabCache.builder("spread", SIZE)
                    .slabBytes(512L * SIZE)
                    .memory(spread)
                    .build()) {
                ByteBufferPool pool = ByteBufferPool.of(cache);
                assertEquals(0, GarbageTest.garbage(() -> wave(pool)));
                assertTrue(cache.stats().slabs() >= 4, () -> cache.stats().toString());
                assertEquals(0, cache.stats().liveObjects());
            }
        }
    }

    /** Known bad: a new buffer for each allocation. */
    @Test
    void newBuffersOfSegmentsAreGarbage() {
        try (SlabCache cache = cache()) {
            assertNotEquals(0, GarbageTest.garbage(() -> {
                for (int i = 0; i < CALLS; i++) {
                    buffers[i] = cache.allocate().asByteBuffer();
                }
                for (int i = 0; i < CALLS; i++) {
                    cache.freeBuffer(buffers[i]);
                }
            }));
        }
    }
}

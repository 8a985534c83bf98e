package io.slabcache.tests.io;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.abort;

import io.slabcache.SlabCache;
import io.slabcache.SlabCacheBuilder;
import io.slabcache.diagnostics.Debug;
import io.slabcache.nio.ByteBufferPool;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousFileChannel;
import java.nio.channels.FileChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Pooled buffers in the channels of the JDK, in every way to debug. */
@Timeout(60)
class BufferPoolChannelsTest {
    private static final int BLOCK = 4096;
    private static final int COUNT = 8;

    private static final OpenOption[] FILE = {
        StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE
    };

    @TempDir
    private Path folder;

    static Stream<List<Debug>> waysToDebug() {
        return Stream.of(
                List.of(),
                List.of(Debug.SANITY),
                List.of(Debug.REDZONES),
                List.of(Debug.POISON),
                List.of(Debug.TRACKING),
                List.of(Debug.SANITY, Debug.REDZONES, Debug.POISON, Debug.TRACKING));
    }

    private static SlabCache cache(List<Debug> debug) {
        SlabCacheBuilder builder = SlabCache.builder("blocks", BLOCK).alignment(BLOCK);
        return debug.isEmpty()
                ? builder.build()
                : builder.debug(debug.toArray(Debug[]::new)).build();
    }

    /** Fills a buffer with bytes that no other buffer has. */
    private static ByteBuffer fill(ByteBuffer buffer, int number) {
        while (buffer.hasRemaining()) {
            buffer.put((byte) (number * 31 + buffer.position() * 7));
        }
        return buffer.flip();
    }

    private static void assertFilled(ByteBuffer buffer, int number) {
        ByteBuffer expected = fill(ByteBuffer.allocate(buffer.capacity()), number);
        assertEquals(expected, buffer.duplicate().clear(), () -> "object " + number);
    }

    private static ByteBuffer[] allocate(ByteBufferPool pool) {
        ByteBuffer[] buffers = new ByteBuffer[COUNT];
        assertTrue(pool.allocateBulk(buffers, 0, COUNT));
        return buffers;
    }

    private static void assertHealthy(SlabCache cache) {
        assertEquals(List.of(), cache.validate().findings());
    }

    @ParameterizedTest
    @MethodSource("waysToDebug")
    void filesAreWrittenAndReadGatheringAndScattering(List<Debug> debug) throws IOException {
        try (SlabCache cache = cache(debug);
                FileChannel file = FileChannel.open(folder.resolve("file"), FILE)) {
            ByteBufferPool pool = ByteBufferPool.of(cache);
            ByteBuffer[] written = allocate(pool);
            for (int i = 0; i < COUNT; i++) {
                fill(written[i], i);
            }
            assertEquals(COUNT * BLOCK, file.write(written));
            pool.freeBulk(written, 0, COUNT);
            ByteBuffer[] read = allocate(pool);
            assertEquals(COUNT * BLOCK, file.position(0).read(read));
            for (int i = 0; i < COUNT; i++) {
                assertFilled(read[i], i);
            }
            assertHealthy(cache);
            pool.freeBulk(read, 0, COUNT);
        }
    }

    /** Reads and writes every second of the objects that lie side by side; the others must not change. */
    @ParameterizedTest
    @MethodSource("waysToDebug")
    void directTransfersLeaveTheNeighboursAlone(List<Debug> debug) throws IOException {
        try (FileChannel file = direct(folder.resolve("file"));
                SlabCache cache = cache(debug)) {
            ByteBufferPool pool = ByteBufferPool.of(cache);
            ByteBuffer[] buffers = allocate(pool);
            for (int i = 0; i < COUNT; i++) {
                fill(buffers[i], i);
            }
            for (int i = 0; i < COUNT; i += 2) {
                assertEquals(BLOCK, file.write(buffers[i], (long) i * BLOCK));
            }
            for (int i = 0; i < COUNT; i += 2) {
                ByteBuffer target = buffers[(i + 2) % COUNT].clear();
                assertEquals(BLOCK, file.read(target, (long) i * BLOCK));
            }
            for (int i = 0; i < COUNT; i++) {
                assertFilled(buffers[i], i % 2 == 0 ? (i + COUNT - 2) % COUNT : i);
            }
            assertHealthy(cache);
            pool.freeBulk(buffers, 0, COUNT);
            assertHealthy(cache);
        }
    }

    /** The option is not named in the source, because the compiler warns of every use of it. */
    private static OpenOption direct() {
        try {
            return Stream.of(Class.forName("com.sun.nio.file.ExtendedOpenOption")
                            .asSubclass(OpenOption.class)
                            .getEnumConstants())
                    .filter(option -> option.toString().equals("DIRECT"))
                    .findFirst()
                    .orElseThrow();
        } catch (ClassNotFoundException e) {
            return abort("this JDK has no direct transfers");
        }
    }

    private static FileChannel direct(Path path) throws IOException {
        try {
            return FileChannel.open(
                    path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE, direct());
        } catch (UnsupportedOperationException | IOException e) {
            return abort("no direct transfers in " + path + ": " + e);
        }
    }

    @Test
    void socketsExchangeBuffers() throws Exception {
        try (SlabCache cache = cache(List.of());
                ServerSocketChannel server = ServerSocketChannel.open();
                ExecutorService other = Executors.newSingleThreadExecutor()) {
            server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            ByteBufferPool pool = ByteBufferPool.of(cache);
            Future<?> echo = other.submit((Callable<Void>) () -> {
                try (SocketChannel far = server.accept()) {
                    ByteBuffer[] all = allocate(pool);
                    while (all[COUNT - 1].hasRemaining() && far.read(all) >= 0) {}
                    for (ByteBuffer each : all) {
                        each.flip();
                    }
                    while (all[COUNT - 1].hasRemaining()) {
                        far.write(all);
                    }
                    pool.freeBulk(all, 0, COUNT);
                }
                return null;
            });
            try (SocketChannel near = SocketChannel.open(server.getLocalAddress())) {
                ByteBuffer[] sent = allocate(pool);
                for (int i = 0; i < COUNT; i++) {
                    fill(sent[i], i);
                }
                while (sent[COUNT - 1].hasRemaining()) {
                    near.write(sent);
                }
                ByteBuffer received = pool.allocate();
                near.configureBlocking(false);
                for (int i = 0; i < COUNT; i++) {
                    received.clear();
                    while (received.hasRemaining() && near.read(received) >= 0) {
                        Thread.onSpinWait();
                    }
                    assertFilled(received, i);
                }
                pool.free(received);
                pool.freeBulk(sent, 0, COUNT);
            }
            echo.get();
            assertEquals(0, cache.stats().liveObjects());
        }
    }

    @Test
    void anAsynchronousFileWritesAndReads() throws Exception {
        Path path = folder.resolve("file");
        try (SlabCache cache = cache(List.of());
                AsynchronousFileChannel file = AsynchronousFileChannel.open(
                        path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            ByteBufferPool pool = ByteBufferPool.of(cache);
            ByteBuffer written = fill(pool.allocate(), 1);
            assertEquals(BLOCK, file.write(written, 0).get());
            pool.free(written);
            ByteBuffer read = pool.allocate();
            assertEquals(BLOCK, file.read(read, 0).get());
            assertFilled(read, 1);
            pool.free(read);
        }
        byte[] expected = new byte[BLOCK];
        fill(ByteBuffer.allocate(BLOCK), 1).get(expected);
        assertArrayEquals(expected, Files.readAllBytes(path));
    }
}

package io.slabcache.tests.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slabcache.Lease;
import io.slabcache.SlabCache;
import io.slabcache.diagnostics.Debug;
import io.slabcache.nio.ByteBufferPool;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousFileChannel;
import java.nio.channels.AsynchronousServerSocketChannel;
import java.nio.channels.AsynchronousSocketChannel;
import java.nio.channels.CompletionHandler;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The documented rules for objects with a pending operation. The peers are sockets on the loopback interface. Their
 * buffers are much smaller than the object, so a write is pending until the other end reads.
 */
@Timeout(60)
class PendingWriteTest {
    private static final int SIZE = 8 << 20;

    private static final byte FIRST = 1;
    private static final byte NEXT = 2;
    private static final byte POISON = 0x6b;

    /** Both ends of a connection. */
    private record Connection(AsynchronousSocketChannel near, AsynchronousSocketChannel far) implements AutoCloseable {
        static Connection open() throws Exception {
            try (AsynchronousServerSocketChannel server = AsynchronousServerSocketChannel.open()) {
                server.setOption(StandardSocketOptions.SO_RCVBUF, 1 << 16);
                server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
                AsynchronousSocketChannel near = AsynchronousSocketChannel.open();
                near.setOption(StandardSocketOptions.SO_SNDBUF, 1 << 16);
                Future<AsynchronousSocketChannel> accepted = server.accept();
                near.connect(server.getLocalAddress()).get();
                return new Connection(near, accepted.get());
            }
        }

        byte[] receive() throws Exception {
            ByteBuffer all = ByteBuffer.allocate(SIZE);
            while (all.hasRemaining() && far.read(all).get() >= 0) {}
            return all.array();
        }

        @Override
        public void close() throws IOException {
            near.close();
            far.close();
        }
    }

    /** Writes all of a buffer, and then runs an action. */
    private static void writeAll(AsynchronousSocketChannel channel, ByteBuffer buffer, Runnable whenOver) {
        channel.write(buffer, null, new CompletionHandler<Integer, Void>() {
            @Override
            public void completed(Integer bytes, Void nothing) {
                if (buffer.hasRemaining()) {
                    channel.write(buffer, null, this);
                } else {
                    whenOver.run();
                }
            }

            @Override
            public void failed(Throwable cause, Void nothing) {
                whenOver.run();
            }
        });
    }

    private static boolean has(byte[] bytes, byte wanted) {
        for (byte each : bytes) {
            if (each == wanted) {
                return true;
            }
        }
        return false;
    }

    @Test
    void anObjectFreedAfterTheWriteArrivesUnchanged() throws Exception {
        try (SlabCache cache = SlabCache.builder("frames", SIZE).build();
                Connection connection = Connection.open()) {
            MemorySegment frame = cache.allocate().fill(FIRST);
            CountDownLatch over = new CountDownLatch(1);
            writeAll(connection.near(), frame.asByteBuffer(), () -> {
                cache.free(frame);
                over.countDown();
            });
            MemorySegment next = cache.allocate().fill(NEXT);
            byte[] received = connection.receive();
            assertTrue(has(received, FIRST));
            assertFalse(has(received, NEXT));
            over.await();
            cache.free(next);
        }
    }

    /** Known bad: shows that the test above would fail if the write read its bytes at once. */
    @Test
    void anObjectFreedDuringTheWriteIsSentWithTheBytesOfItsNextOwner() throws Exception {
        try (SlabCache cache = SlabCache.builder("frames", SIZE).build();
                Connection connection = Connection.open()) {
            MemorySegment frame = cache.allocate().fill(FIRST);
            CountDownLatch over = new CountDownLatch(1);
            writeAll(connection.near(), frame.asByteBuffer(), over::countDown);
            cache.free(frame);
            MemorySegment next = cache.allocate().fill(NEXT);
            assertEquals(frame.address(), next.address());
            assertTrue(has(connection.receive(), NEXT));
            over.await();
            cache.free(next);
        }
    }

    /** Known bad: the same in a debugged cache. */
    @Test
    void anObjectFreedDuringTheWriteIsSentAsPoisonByADebuggedCache() throws Exception {
        try (SlabCache cache =
                        SlabCache.builder("frames", SIZE).debug(Debug.POISON).build();
                Connection connection = Connection.open()) {
            MemorySegment frame = cache.allocate().fill(FIRST);
            CountDownLatch over = new CountDownLatch(1);
            writeAll(connection.near(), frame.asByteBuffer(), over::countDown);
            cache.free(frame);
            assertTrue(has(connection.receive(), POISON));
            over.await();
        }
    }

    /** Known bad: the same with a pooled buffer. */
    @Test
    void aPooledBufferFreedDuringTheWriteIsSentAsPoisonByADebuggedCache() throws Exception {
        try (SlabCache cache =
                        SlabCache.builder("frames", SIZE).debug(Debug.POISON).build();
                Connection connection = Connection.open()) {
            ByteBufferPool pool = ByteBufferPool.of(cache);
            ByteBuffer frame = pool.allocate();
            MemorySegment.ofBuffer(frame).fill(FIRST);
            CountDownLatch over = new CountDownLatch(1);
            writeAll(connection.near(), frame, over::countDown);
            pool.free(frame);
            assertTrue(has(connection.receive(), POISON));
            over.await();
        }
    }

    @Test
    void aPooledBufferFreedAfterTheWriteArrivesUnchanged() throws Exception {
        try (SlabCache cache = SlabCache.builder("frames", SIZE).build();
                Connection connection = Connection.open()) {
            ByteBufferPool pool = ByteBufferPool.of(cache);
            ByteBuffer frame = pool.allocate();
            MemorySegment.ofBuffer(frame).fill(FIRST);
            CountDownLatch over = new CountDownLatch(1);
            writeAll(connection.near(), frame, () -> {
                pool.free(frame);
                over.countDown();
            });
            ByteBuffer next = pool.allocate();
            MemorySegment.ofBuffer(next).fill(NEXT);
            byte[] received = connection.receive();
            assertTrue(has(received, FIRST));
            assertFalse(has(received, NEXT));
            over.await();
            pool.free(next);
        }
    }

    @Test
    void aLeaseWorksWithBlockingChannels(@TempDir Path folder) throws Exception {
        try (SlabCache cache = SlabCache.builder("frames", 4096).build();
                FileChannel file = FileChannel.open(
                        folder.resolve("frame"),
                        StandardOpenOption.CREATE,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE);
                Lease written = cache.allocateLeased();
                Lease read = cache.allocateLeased()) {
            written.segment().fill(FIRST);
            assertEquals(4096, file.write(written.segment().asByteBuffer(), 0));
            assertEquals(4096, file.read(read.segment().asByteBuffer(), 0));
            assertEquals(-1, written.segment().mismatch(read.segment()));
        }
    }

    @Test
    void anAsynchronousSocketRefusesALeaseWhichStaysIntact() throws Exception {
        try (SlabCache cache = SlabCache.builder("frames", 4096).build();
                Connection connection = Connection.open();
                Lease lease = cache.allocateLeased()) {
            lease.segment().fill(FIRST);
            Future<Integer> write = connection.near().write(lease.segment().asByteBuffer());
            ExecutionException failure = assertThrows(ExecutionException.class, write::get);
            assertInstanceOf(IOException.class, failure.getCause());
            assertIntact(lease);
        }
    }

    /** With the JDK's own channel the write never ends today; a channel may also fail it. */
    @Test
    void anAsynchronousFileDoesNotWriteALeaseWhichStaysIntact(@TempDir Path folder) throws Exception {
        try (SlabCache cache = SlabCache.builder("frames", 4096).build();
                AsynchronousFileChannel file = AsynchronousFileChannel.open(
                        folder.resolve("frame"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                Lease lease = cache.allocateLeased()) {
            lease.segment().fill(FIRST);
            Future<Integer> write = file.write(lease.segment().asByteBuffer(), 0);
            Exception failure = assertThrows(Exception.class, () -> write.get(1, TimeUnit.SECONDS));
            assertTrue(failure instanceof TimeoutException || failure instanceof ExecutionException, failure::toString);
            assertIntact(lease);
        }
    }

    private static void assertIntact(Lease lease) {
        byte[] bytes = lease.segment().toArray(ValueLayout.JAVA_BYTE);
        byte[] expected = new byte[bytes.length];
        Arrays.fill(expected, FIRST);
        assertTrue(Arrays.equals(expected, bytes));
    }
}

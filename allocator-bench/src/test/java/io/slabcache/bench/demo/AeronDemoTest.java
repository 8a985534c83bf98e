package io.slabcache.bench.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Pooled objects go from one process to another, through shared memory and through loopback, and all come back. */
@Timeout(120)
class AeronDemoTest {

    private static final int MESSAGES = 5_000;

    private static void assertAllArrive(String channel) throws IOException, InterruptedException {
        AeronDemo.Result result = new AeronDemo(channel, MESSAGES, 256).run();
        assertEquals(MESSAGES, result.whole());
        assertEquals(0, result.sent().live());
        assertEquals(0, result.received().live());
        assertTrue(result.sent().cached() < MESSAGES / 10, () -> "memory is used again: " + result);
        // The receiver's threads have 1,024 messages between them.
        assertTrue(result.received().cached() < MESSAGES / 2, () -> "memory is used again: " + result);
    }

    @Test
    void throughSharedMemory() throws IOException, InterruptedException {
        assertAllArrive("aeron:ipc");
    }

    @Test
    void throughLoopback() throws IOException, InterruptedException {
        int port;
        try (DatagramSocket free = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        assertAllArrive("aeron:udp?endpoint=127.0.0.1:" + port);
    }

    @Test
    void aChannelThatAeronRefusesIsNamed() {
        IllegalArgumentException refused =
                assertThrows(IllegalArgumentException.class, () -> new AeronDemo("nonsense", 1, 256).run());
        assertTrue(refused.getMessage().startsWith("nonsense: "), refused.getMessage());
    }

    /** The check that counts whole messages. */
    @Test
    void aChangedByteIsFound() {
        UnsafeBuffer message = new UnsafeBuffer(new byte[61]);
        AeronMessage.fill(message, 7);
        assertTrue(AeronMessage.isWhole(message, 7));
        assertFalse(AeronMessage.isWhole(message, 8));
        for (int at = 0; at < message.capacity(); at++) {
            message.putByte(at, (byte) (message.getByte(at) ^ 1));
            assertFalse(AeronMessage.isWhole(message, 7), "byte " + at);
            message.putByte(at, (byte) (message.getByte(at) ^ 1));
        }
    }
}

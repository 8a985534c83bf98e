package io.slabcache.bench.demo.packets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each datagram comes through each pool as it was sent; the parser finds what does not. */
@Timeout(60)
class ExchangeTest {

    private static final long NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long SEED = 7;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource
    void everyPoolCarriesTheDatagramsUnchanged(PacketSubject subject) throws Exception {
        try (PacketPool<?> pool = subject.open()) {
            new WarmUp<>(pool).run(NANOS / 10);
            Exchange.Result result = new Exchange<>(pool, new SeededTraffic(SEED)).run(NANOS);
            assertTrue(result.received() > 100, result::toString);
            assertTrue(result.received() <= result.sent(), result::toString);
            assertEquals(result.received(), result.whole());
            assertTrue(result.takes().histogram().getTotalCount() > result.received(), "a time for each take");
        }
    }

    /** Different payloads, some of them equal to others. */
    private Capture capture() throws Exception {
        PcapBytes file = PcapBytes.ofEthernet();
        Random random = new Random(SEED);
        for (int i = 0; i < 500; i++) {
            byte[] payload = new byte[2 + random.nextInt(1_400)];
            random.nextBytes(payload);
            file.datagram(payload).datagram(new byte[] {1, 2, 3});
        }
        return Capture.read(file.write(folder.resolve("x.pcap")));
    }

    @ParameterizedTest
    @EnumSource(names = {"SLABCACHE", "NETTY_ADAPTIVE"})
    void capturedPayloadsComeThroughUnchanged(PacketSubject subject) throws Exception {
        try (PacketPool<?> pool = subject.open()) {
            Traffic traffic = new CapturedTraffic(capture());
            for (int exchange = 0; exchange < 2; exchange++) {
                Exchange.Result result = new Exchange<>(pool, traffic).run(NANOS / 2);
                assertTrue(result.received() > 100, result::toString);
                assertEquals(result.received(), result.whole());
            }
        }
    }

    @Test
    void aCapturedPayloadWithTwoOwnersOrALostByteIsFound() throws Exception {
        Traffic traffic = new CapturedTraffic(capture());
        Exchange.Result twoOwners = new Exchange<>(new OneBuffer(), traffic).run(NANOS);
        assertTrue(twoOwners.whole() < twoOwners.received(), twoOwners::toString);
        Exchange.Result lostByte = new Exchange<>(new Cut(), traffic).run(NANOS);
        assertTrue(lostByte.whole() < lostByte.received(), lostByte::toString);
    }

    @Test
    void aCaptureGoesOnAfterDatagramsThatWereLost() throws Exception {
        Traffic traffic = new CapturedTraffic(capture());
        Traffic.Parser parser = traffic.parser();
        assertEquals(0, parser.parse(traffic.datagram(0), 1));
        assertEquals(-1, parser.parse(traffic.datagram(6), 6), "not sent yet");
        assertEquals(6, parser.parse(traffic.datagram(6), 7), "1 to 5 were lost");
        assertEquals(-1, parser.parse(traffic.datagram(4), 7), "came late");
        assertEquals(1_000, parser.parse(traffic.datagram(1_000), 1_001), "the first one again");
        assertEquals(0, traffic.parser().parse(traffic.datagram(0), 1_001), "another exchange");
    }

    /** Like a pool that hands out an object twice. */
    private static final class OneBuffer implements BufferPackets {
        private final ByteBuffer buffer = ByteBuffer.allocateDirect(BYTES);

        @Override
        public ByteBuffer take() {
            return buffer.duplicate();
        }

        @Override
        public void give(ByteBuffer packet) {
            // It is in use all the time.
        }
    }

    @Test
    void anObjectWithTwoOwnersIsFound() throws Exception {
        Exchange.Result result = new Exchange<>(new OneBuffer(), new SeededTraffic(SEED)).run(NANOS);
        assertTrue(result.whole() < result.received(), result::toString);
    }

    /** Hides a byte of each datagram from the parser. */
    private static final class Cut implements BufferPackets {
        @Override
        public ByteBuffer take() {
            return ByteBuffer.allocate(BYTES);
        }

        @Override
        public void filled(ByteBuffer packet, int bytes) {
            BufferPackets.super.filled(packet, bytes > 1 ? bytes - 1 : bytes);
        }

        @Override
        public void give(ByteBuffer packet) {
            // Garbage.
        }
    }

    @Test
    void aDatagramThatLostAByteIsFound() throws Exception {
        Exchange.Result result = new Exchange<>(new Cut(), new SeededTraffic(SEED)).run(NANOS);
        assertEquals(0, result.whole(), result::toString);
        assertTrue(result.received() > 100, result::toString);
    }

    @Test
    void aChangedByteIsFound() {
        Traffic traffic = new SeededTraffic(SEED);
        ByteBuffer datagram = traffic.datagram(5);
        assertEquals(5, traffic.parser().parse(datagram, 6));
        for (int at : new int[] {8, 12, 16, datagram.limit() - 9}) {
            byte before = datagram.get(at);
            datagram.put(at, (byte) (before + 1));
            assertEquals(-1, traffic.parser().parse(datagram, 6), "at " + at);
            datagram.put(at, before);
        }
        assertEquals(5, traffic.parser().parse(datagram, 6));
    }

    @Test
    void theSeedDecidesTheDatagrams() {
        Traffic traffic = new SeededTraffic(SEED);
        Traffic same = new SeededTraffic(SEED);
        Traffic other = new SeededTraffic(SEED + 1);
        Set<Integer> sizes = new TreeSet<>();
        int different = 0;
        for (int i = 0; i < 1_000; i++) {
            ByteBuffer datagram = traffic.datagram(i);
            sizes.add(datagram.limit());
            assertEquals(datagram, same.datagram(i));
            different += datagram.equals(other.datagram(i)) ? 0 : 1;
        }
        assertEquals(Set.of(64, 576, 1_408), sizes);
        assertTrue(different > 990, () -> "two seeds make other datagrams");
    }
}

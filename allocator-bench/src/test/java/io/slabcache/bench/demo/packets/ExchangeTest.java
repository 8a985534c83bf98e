package io.slabcache.bench.demo.packets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each datagram comes through each pool as it was sent; the parser finds what does not. */
@Timeout(60)
class ExchangeTest {

    private static final long NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long SEED = 7;

    @ParameterizedTest
    @EnumSource
    void everyPoolCarriesTheDatagramsUnchanged(PacketSubject subject) throws Exception {
        try (PacketPool<?> pool = subject.open()) {
            new WarmUp<>(pool).run(NANOS / 10);
            Exchange.Result result = new Exchange<>(pool, new Traffic(SEED)).run(NANOS);
            assertTrue(result.received() > 100, result::toString);
            assertTrue(result.received() <= result.sent(), result::toString);
            assertEquals(result.received(), result.whole());
            assertTrue(result.takes().histogram().getTotalCount() > result.received(), "a time for each take");
        }
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
        Exchange.Result result = new Exchange<>(new OneBuffer(), new Traffic(SEED)).run(NANOS);
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
        Exchange.Result result = new Exchange<>(new Cut(), new Traffic(SEED)).run(NANOS);
        assertEquals(0, result.whole(), result::toString);
        assertTrue(result.received() > 100, result::toString);
    }

    @Test
    void aChangedByteIsFound() {
        Traffic traffic = new Traffic(SEED);
        ByteBuffer datagram = traffic.datagram(5);
        assertEquals(5, traffic.parse(datagram));
        for (int at : new int[] {8, 12, 16, datagram.limit() - 9}) {
            byte before = datagram.get(at);
            datagram.put(at, (byte) (before + 1));
            assertEquals(-1, traffic.parse(datagram), "at " + at);
            datagram.put(at, before);
        }
        assertEquals(5, traffic.parse(datagram));
    }

    @Test
    void theSeedDecidesTheDatagrams() {
        Traffic traffic = new Traffic(SEED);
        Traffic same = new Traffic(SEED);
        Traffic other = new Traffic(SEED + 1);
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

package io.slabcache.bench.demo.packets;

import java.nio.ByteBuffer;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/**
 * The datagrams that are sent: a number, how many trades follow, a checksum of these, and the trades. Sizes and trades
 * come from a seed and repeat after {@value #DIFFERENT} datagrams. The sizes are those of a simple mix of the internet.
 */
public final class SeededTraffic implements Traffic {

    static final int SMALL = 64;
    static final int MEDIUM = 576;
    static final int LARGE = 1_408;
    static final int MEDIUM_PERCENT = 33;
    static final int LARGE_PERCENT = 9;

    private static final int DIFFERENT = 1_024;
    private static final int PERCENT = 100;

    private static final int AT_TRADES = 8;
    private static final int AT_CHECKSUM = 12;
    private static final int HEADER_BYTES = 16;
    private static final int TRADE_BYTES = 16;

    private final ByteBuffer[] datagrams = new ByteBuffer[DIFFERENT];

    /** Makes the datagrams, each in a direct buffer. */
    SeededTraffic(long seed) {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        for (int i = 0; i < DIFFERENT; i++) {
            datagrams[i] = datagram(size(random.nextInt(PERCENT)), random);
        }
    }

    /** Returns the sizes with their shares in words. */
    public static String sizes() {
        return "%d bytes (%d %%), %d (%d %%) and %,d (%d %%)"
                .formatted(
                        SMALL, PERCENT - MEDIUM_PERCENT - LARGE_PERCENT, MEDIUM, MEDIUM_PERCENT, LARGE, LARGE_PERCENT);
    }

    private static int size(int percent) {
        if (percent < LARGE_PERCENT) {
            return LARGE;
        }
        return percent < LARGE_PERCENT + MEDIUM_PERCENT ? MEDIUM : SMALL;
    }

    private static ByteBuffer datagram(int bytes, RandomGenerator random) {
        ByteBuffer datagram = ByteBuffer.allocateDirect(bytes);
        datagram.putInt(AT_TRADES, (bytes - HEADER_BYTES) / TRADE_BYTES);
        for (int at = HEADER_BYTES; at < bytes; at += TRADE_BYTES) {
            datagram.putLong(at, random.nextLong(1, 1_000_000)); // price
            datagram.putInt(at + 8, random.nextInt(1, 10_000)); // quantity
            datagram.putInt(at + 12, random.nextInt(100)); // instrument
        }
        datagram.putInt(AT_CHECKSUM, checksum(datagram));
        return datagram;
    }

    @Override
    public ByteBuffer datagram(long number) {
        return datagrams[index(number)].clear().putLong(0, number);
    }

    @Override
    public Parser parser() {
        return (datagram, sent) -> parse(datagram);
    }

    private long parse(ByteBuffer datagram) {
        int start = datagram.position();
        int bytes = datagram.remaining();
        if (bytes < HEADER_BYTES) {
            return -1;
        }
        long number = datagram.getLong(start);
        ByteBuffer sent = datagrams[index(number)];
        int checksum = datagram.getInt(start + AT_CHECKSUM);
        return bytes == sent.capacity()
                        && bytes == HEADER_BYTES + TRADE_BYTES * datagram.getInt(start + AT_TRADES)
                        && checksum == sent.getInt(AT_CHECKSUM)
                        && checksum == checksum(datagram)
                ? number
                : -1;
    }

    private static int checksum(ByteBuffer datagram) {
        long sum = 1;
        for (int at = datagram.position() + HEADER_BYTES; at < datagram.limit(); at += TRADE_BYTES) {
            long price = datagram.getLong(at);
            long quantity = datagram.getInt(at + 8);
            sum = 31 * sum + price * quantity + datagram.getInt(at + 12);
        }
        return Long.hashCode(sum);
    }

    private static int index(long number) {
        return (int) (number & DIFFERENT - 1);
    }
}

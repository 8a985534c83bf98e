package io.slabcache.bench.demo.orders;

/** The number of trades and a checksum that changes with each field of each trade and with their order. */
final class TradeSum implements Book.Trades {

    private static final long FACTOR = 0x9E37_79B9_7F4A_7C15L;
    private static final int ROTATION = 29;

    private long count;
    private long sum;

    @Override
    public void trade(long maker, long taker, int price, int quantity) {
        count++;
        long next = (sum ^ maker) * FACTOR;
        next = Long.rotateLeft(next ^ taker, ROTATION) * FACTOR;
        sum = next ^ (long) price << Integer.SIZE ^ quantity;
    }

    long count() {
        return count;
    }

    long sum() {
        return sum;
    }
}

package io.slabcache.bench.demo.orders;

import java.util.ArrayList;
import java.util.List;

/** Keeps trades, to compare them one by one. */
final class TradeList implements Book.Trades {

    record Trade(long maker, long taker, int price, int quantity) {}

    private static final int MOST = 100_000;

    final List<Trade> trades = new ArrayList<>();

    @Override
    public void trade(long maker, long taker, int price, int quantity) {
        if (trades.size() == MOST) {
            throw new AssertionError("more than " + MOST + " trades: does the book go round in a circle?");
        }
        trades.add(new Trade(maker, taker, price, quantity));
    }

    /** Throws at the first trade that is another one than expected, or when one is missing. */
    static void assertEqual(TradeList expected, TradeList actual) {
        int common = Math.min(expected.trades.size(), actual.trades.size());
        for (int i = 0; i < common; i++) {
            if (!expected.trades.get(i).equals(actual.trades.get(i))) {
                throw new AssertionError(
                        "trade " + i + " was " + actual.trades.get(i) + ", expected " + expected.trades.get(i));
            }
        }
        if (expected.trades.size() != actual.trades.size()) {
            throw new AssertionError(actual.trades.size() + " trades, expected " + expected.trades.size());
        }
    }
}

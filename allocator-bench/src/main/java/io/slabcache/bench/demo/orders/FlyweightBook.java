package io.slabcache.bench.demo.orders;

import java.util.Arrays;
import org.agrona.collections.Long2LongHashMap;

/** A book whose orders lie off the heap. An order is the offset of its first byte; the orders of a price are linked. */
abstract class FlyweightBook implements Book {

    static final int ID = 0;
    static final int NEXT = 8;
    static final int PREVIOUS = 16;
    static final int PRICE = 24;
    static final int QUANTITY = 28;
    static final int IS_BUY = 32;
    static final int BYTES = 40;

    static final long NONE = -1;

    private static final float LOAD_FACTOR = 0.55f;

    private final Trades trades;
    private final Long2LongHashMap orders;
    private final Ladder bids = new Ladder(true);
    private final Ladder asks = new Ladder(false);

    FlyweightBook(Trades trades, int mostOrders) {
        this.trades = trades;
        this.orders = new Long2LongHashMap((int) (mostOrders / LOAD_FACTOR), LOAD_FACTOR, NONE);
    }

    /** One side: the oldest and the newest order of each price. */
    private static final class Ladder {
        final Prices prices;
        final long[] first = new long[Prices.MOST + 1];
        final long[] last = new long[Prices.MOST + 1];

        Ladder(boolean areBids) {
            prices = new Prices(areBids);
            Arrays.fill(first, NONE);
            Arrays.fill(last, NONE);
        }
    }

    /** Returns a new order with unspecified contents. */
    abstract long allocate();

    abstract void free(long order);

    abstract long getLong(long offset);

    abstract void putLong(long offset, long value);

    abstract int getInt(long offset);

    abstract void putInt(long offset, int value);

    @Override
    public final void insert(long id, boolean isBuy, int price, int quantity) {
        int rest = match(isBuy ? asks : bids, id, price, quantity);
        if (rest > 0) {
            rest(id, isBuy, price, rest);
        }
    }

    private int match(Ladder makers, long taker, int limit, int quantity) {
        int open = quantity;
        while (open > 0 && makers.prices.isCrossedBy(limit)) {
            int price = makers.prices.best();
            long maker = makers.first[price];
            int offered = getInt(maker + QUANTITY);
            int traded = Math.min(open, offered);
            open -= traded;
            trades.trade(getLong(maker + ID), taker, price, traded);
            if (traded < offered) {
                putInt(maker + QUANTITY, offered - traded);
            } else {
                orders.remove(getLong(maker + ID));
                unlink(makers, price, maker);
                free(maker);
            }
        }
        return open;
    }

    private void rest(long id, boolean isBuy, int price, int quantity) {
        Ladder side = isBuy ? bids : asks;
        long order = allocate();
        long last = side.last[price];
        putLong(order + ID, id);
        putLong(order + NEXT, NONE);
        putLong(order + PREVIOUS, last);
        putInt(order + PRICE, price);
        putInt(order + QUANTITY, quantity);
        putInt(order + IS_BUY, isBuy ? 1 : 0);
        if (last == NONE) {
            side.first[price] = order;
            side.prices.add(price);
        } else {
            putLong(last + NEXT, order);
        }
        side.last[price] = order;
        orders.put(id, order);
    }

    private void unlink(Ladder side, int price, long order) {
        long next = getLong(order + NEXT);
        long previous = getLong(order + PREVIOUS);
        if (previous == NONE) {
            side.first[price] = next;
        } else {
            putLong(previous + NEXT, next);
        }
        if (next == NONE) {
            side.last[price] = previous;
        } else {
            putLong(next + PREVIOUS, previous);
        }
        if (previous == NONE && next == NONE) {
            side.prices.remove(price);
        }
    }

    @Override
    public final void cancel(long id) {
        long order = orders.remove(id);
        if (order != NONE) {
            unlink(getInt(order + IS_BUY) != 0 ? bids : asks, getInt(order + PRICE), order);
            free(order);
        }
    }

    @Override
    public final int resting() {
        return orders.size();
    }

    /** Frees all orders. */
    @Override
    public void close() {
        for (Ladder side : new Ladder[] {bids, asks}) {
            for (long oldest : side.first) {
                long order = oldest;
                while (order != NONE) {
                    long next = getLong(order + NEXT);
                    free(order);
                    order = next;
                }
            }
        }
    }
}

package io.slabcache.bench.demo.orders;

import org.agrona.collections.Long2ObjectHashMap;

/** Orders are plain Java objects, a new one for each. Otherwise it does what {@link FlyweightBook} does. */
class ObjectBook implements Book {

    private static final float LOAD_FACTOR = 0.55f;

    private final Trades trades;
    private final Long2ObjectHashMap<Order> orders;
    private final Ladder bids = new Ladder(true);
    private final Ladder asks = new Ladder(false);

    ObjectBook(Trades trades, int mostOrders) {
        this.trades = trades;
        this.orders = new Long2ObjectHashMap<>((int) (mostOrders / LOAD_FACTOR), LOAD_FACTOR);
    }

    /** An order that rests. */
    static final class Order {
        long id;
        Order next;
        Order previous;
        int price;
        int quantity;
        boolean isBuy;
    }

    /** One side: the oldest and the newest order of each price. */
    static final class Ladder {
        final Prices prices;
        final Order[] first = new Order[Prices.MOST + 1];
        final Order[] last = new Order[Prices.MOST + 1];

        Ladder(boolean areBids) {
            prices = new Prices(areBids);
        }
    }

    /** Returns an order; its fields may have any value. */
    Order allocate() {
        return new Order();
    }

    /** An order is not used any more. */
    void free(Order order) {
        // The collector finds out.
    }

    @Override
    public final void insert(long id, boolean isBuy, int price, int quantity) {
        int rest = match(isBuy ? asks : bids, id, price, quantity);
        if (rest > 0) {
            Order order = allocate();
            order.id = id;
            order.isBuy = isBuy;
            order.price = price;
            order.quantity = rest;
            link(isBuy ? bids : asks, order);
            orders.put(id, order);
        }
    }

    private int match(Ladder makers, long taker, int limit, int quantity) {
        int open = quantity;
        while (open > 0 && makers.prices.isCrossedBy(limit)) {
            Order maker = makers.first[makers.prices.best()];
            int traded = Math.min(open, maker.quantity);
            open -= traded;
            maker.quantity -= traded;
            trades.trade(maker.id, taker, maker.price, traded);
            if (maker.quantity == 0) {
                orders.remove(maker.id);
                unlink(makers, maker);
                free(maker);
            }
        }
        return open;
    }

    /** Makes an order the newest of its price. */
    void link(Ladder side, Order order) {
        Order last = side.last[order.price];
        order.next = null;
        order.previous = last;
        if (last == null) {
            side.first[order.price] = order;
            side.prices.add(order.price);
        } else {
            last.next = order;
        }
        side.last[order.price] = order;
    }

    private static void unlink(Ladder side, Order order) {
        if (order.previous == null) {
            side.first[order.price] = order.next;
        } else {
            order.previous.next = order.next;
        }
        if (order.next == null) {
            side.last[order.price] = order.previous;
        } else {
            order.next.previous = order.previous;
        }
        if (order.previous == null && order.next == null) {
            side.prices.remove(order.price);
        }
    }

    @Override
    public final void cancel(long id) {
        Order order = orders.remove(id);
        if (order != null) {
            unlink(order.isBuy ? bids : asks, order);
            free(order);
        }
    }

    @Override
    public final int resting() {
        return orders.size();
    }

    @Override
    public void close() {
        // The collector finds out.
    }
}

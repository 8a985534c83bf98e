package io.slabcache.bench.demo.orders;

import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** Orders in the collections of the JDK: slow, and so plain that the other books are checked against it. */
final class JavaBook implements Book {

    private final Trades trades;
    private final Map<Long, Order> orders = new HashMap<>();
    private final NavigableMap<Integer, LinkedHashMap<Long, Order>> bids = new TreeMap<>(Comparator.reverseOrder());
    private final NavigableMap<Integer, LinkedHashMap<Long, Order>> asks = new TreeMap<>();

    JavaBook(Trades trades) {
        this.trades = trades;
    }

    private record Order(long id, boolean isBuy, int price, int quantity) {}

    private NavigableMap<Integer, LinkedHashMap<Long, Order>> side(boolean isBuy) {
        return isBuy ? bids : asks;
    }

    @Override
    public void insert(long id, boolean isBuy, int price, int quantity) {
        int open = quantity;
        while (open > 0) {
            var best = side(!isBuy).firstEntry();
            if (best == null || (isBuy ? best.getKey() > price : best.getKey() < price)) {
                break;
            }
            Order maker = best.getValue().firstEntry().getValue();
            int traded = Math.min(open, maker.quantity);
            open -= traded;
            trades.trade(maker.id, id, maker.price, traded);
            if (traded == maker.quantity) {
                cancel(maker.id);
            } else {
                replace(new Order(maker.id, maker.isBuy, maker.price, maker.quantity - traded));
            }
        }
        if (open > 0) {
            replace(new Order(id, isBuy, price, open));
        }
    }

    /** A known order keeps its place in the line. */
    private void replace(Order order) {
        orders.put(order.id, order);
        side(order.isBuy)
                .computeIfAbsent(order.price, price -> new LinkedHashMap<>())
                .put(order.id, order);
    }

    @Override
    public void cancel(long id) {
        Order order = orders.remove(id);
        if (order != null) {
            var side = side(order.isBuy);
            var line = side.get(order.price);
            line.remove(id);
            if (line.isEmpty()) {
                side.remove(order.price);
            }
        }
    }

    @Override
    public int resting() {
        return orders.size();
    }

    @Override
    public void close() {
        // The collector finds out.
    }
}

package io.slabcache.bench.demo.orders;

/** Orders are plain Java objects that are used again. */
final class PooledObjectBook extends ObjectBook {

    private Order free;

    PooledObjectBook(Trades trades, int mostOrders) {
        super(trades, mostOrders);
        for (int i = 0; i < mostOrders; i++) {
            free(new Order());
        }
    }

    @Override
    Order allocate() {
        Order order = free;
        free = order.next;
        return order;
    }

    @Override
    void free(Order order) {
        order.next = free;
        order.previous = null;
        free = order;
    }
}

package io.slabcache.bench.demo.orders;

/**
 * A limit order book of one instrument, for one thread. An order trades at once with the best resting orders of the other
 * side, at their prices, the oldest first; what is left of it rests until it trades or is cancelled.
 */
interface Book extends AutoCloseable {

    /** Receives the trades, in order. */
    interface Trades {

        /**
         * A trade.
         *
         * @param maker the order that rested
         * @param taker the order that came in
         * @param price of the maker
         * @param quantity that changed hands
         */
        void trade(long maker, long taker, int price, int quantity);
    }

    /**
     * An order comes in.
     *
     * @param id that no order had before
     * @param isBuy whether it buys
     * @param price the worst that it takes, 1 to {@link Prices#MOST}
     * @param quantity above 0
     */
    void insert(long id, boolean isBuy, int price, int quantity);

    /** Takes an order out of the book; nothing happens if it has traded completely, or is unknown. */
    void cancel(long id);

    /** Returns how many orders rest. */
    int resting();

    @Override
    void close();
}

package io.slabcache.bench.demo.orders;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slabcache.SlabCaches;
import io.slabcache.bench.demo.orders.TradeList.Trade;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** All books make the trades of the plain one, one by one; books that break a rule are found. */
class BookTest {

    private static final int EVENTS = 60_000;
    private static final Flow FLOW = SeededFlow.of(11, EVENTS);

    private static TradeList tradesOf(Flow flow, Function<TradeList, Book> opening) {
        TradeList trades = new TradeList();
        try (Book book = opening.apply(trades)) {
            for (int i = 0; i < flow.size(); i++) {
                flow.apply(i, book);
            }
        }
        return trades;
    }

    private static TradeList expected() {
        return tradesOf(FLOW, JavaBook::new);
    }

    @ParameterizedTest
    @EnumSource
    void everyBookMakesTheSameTrades(OrderSubject subject) {
        TradeList expected = expected();
        assertTrue(expected.trades.size() > EVENTS / 50, expected.trades.size() + " trades");
        TradeList.assertEqual(expected, tradesOf(FLOW, trades -> subject.open(trades, FLOW.mostOrders())));
    }

    @ParameterizedTest
    @EnumSource
    void betterPricesTradeFirstAndThenOlderOrders(OrderSubject subject) {
        TradeList trades = new TradeList();
        try (Book book = subject.open(trades, 10)) {
            book.insert(1, false, 101, 5);
            book.insert(2, false, 100, 5);
            book.insert(3, false, 100, 5);
            book.insert(4, false, 99, 5);
            book.insert(5, false, 100, 5);
            book.cancel(5);
            book.cancel(77);
            assertEquals(4, book.resting());
            book.insert(6, true, 100, 12);
            assertEquals(
                    List.of(new Trade(4, 6, 99, 5), new Trade(2, 6, 100, 5), new Trade(3, 6, 100, 2)), trades.trades);
            book.insert(7, true, 100, 10);
            assertEquals(new Trade(3, 7, 100, 3), trades.trades.getLast());
            book.insert(8, false, 90, 20);
            assertEquals(new Trade(7, 8, 100, 7), trades.trades.getLast(), "at the price of the one that rested");
            assertEquals(5, trades.trades.size());
            book.cancel(7);
            assertEquals(2, book.resting(), "1 and what is left of 8");
        }
    }

    /** The newest order of a price trades first. */
    private static final class NewestFirst extends ObjectBook {
        NewestFirst(Trades trades) {
            super(trades, EVENTS);
        }

        @Override
        void link(Ladder side, Order order) {
            Order first = side.first[order.price];
            if (first == null) {
                super.link(side, order);
            } else {
                order.previous = null;
                order.next = first;
                first.previous = order;
                side.first[order.price] = order;
            }
        }
    }

    @Test
    void aBookThatBreaksTimePriorityIsFound() {
        AssertionError error = assertThrows(
                AssertionError.class, () -> TradeList.assertEqual(expected(), tradesOf(FLOW, NewestFirst::new)));
        assertTrue(error.getMessage().startsWith("trade "), error.getMessage());
        assertNotEquals(sumOf(JavaBook::new), sumOf(NewestFirst::new), "and the sum, too");
    }

    /** Uses an object while another order owns it. */
    private static final class FreedTooEarly extends ObjectBook {
        private final Order shared = new Order();
        private int count;

        FreedTooEarly(Trades trades) {
            super(trades, EVENTS);
        }

        @Override
        Order allocate() {
            return ++count % 10 == 0 ? shared : super.allocate();
        }
    }

    @Test
    void aBookWhoseOrdersHaveTwoOwnersIsFound() {
        assertThrows(AssertionError.class, () -> TradeList.assertEqual(expected(), tradesOf(FLOW, FreedTooEarly::new)));
    }

    private static long sumOf(Function<Book.Trades, Book> opening) {
        TradeSum sum = new TradeSum();
        try (Book book = opening.apply(sum)) {
            for (int i = 0; i < FLOW.size(); i++) {
                FLOW.apply(i, book);
            }
        }
        return sum.sum();
    }

    @Test
    void theSumChangesWithEachFieldAndWithTheOrderOfTrades() {
        long sum = sum(new long[] {1, 2, 3, 4}, new long[] {5, 6, 7, 8});
        assertNotEquals(sum, sum(new long[] {5, 6, 7, 8}, new long[] {1, 2, 3, 4}));
        for (int field = 0; field < 4; field++) {
            long[] changed = {1, 2, 3, 4};
            changed[field]++;
            assertNotEquals(sum, sum(changed, new long[] {5, 6, 7, 8}), "field " + field);
        }
    }

    private static long sum(long[]... trades) {
        TradeSum sum = new TradeSum();
        for (long[] trade : trades) {
            sum.trade(trade[0], trade[1], (int) trade[2], (int) trade[3]);
        }
        assertEquals(trades.length, sum.count());
        return sum.sum();
    }

    @Test
    void noObjectIsLost() {
        TradeSum trades = new TradeSum();
        try (Book book = OrderSubject.SLABCACHE.open(trades, FLOW.mostOrders())) {
            for (int i = 0; i < FLOW.size(); i++) {
                FLOW.apply(i, book);
            }
            assertTrue(book.resting() > 0);
            assertTrue(SlabCaches.all().stream()
                    .anyMatch(stats -> stats.name().equals("orders") && stats.liveObjects() == book.resting()));
        } // throws if objects are live
    }

    @Test
    void theSeedDecidesTheFlow() {
        TradeList same = tradesOf(SeededFlow.of(11, EVENTS), JavaBook::new);
        TradeList other = tradesOf(SeededFlow.of(12, EVENTS), JavaBook::new);
        TradeList.assertEqual(expected(), same);
        assertThrows(AssertionError.class, () -> TradeList.assertEqual(expected(), other));
    }
}

package io.slabcache.bench.demo.orders;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Events for a book, off the heap, so that the collector does not see them. */
final class Flow {

    private static final int ID = 0;
    private static final int PRICE = 8;
    private static final int QUANTITY = 12;
    /** Of one event. */
    static final long BYTES = 16;

    private final MemorySegment events;
    private final int mostOrders;

    private Flow(MemorySegment events, int mostOrders) {
        this.events = events;
        this.mostOrders = mostOrders;
    }

    /** Collects events. */
    static final class Builder {
        private MemorySegment events;
        private int count;

        /** Has room for so many events before it must copy them. */
        Builder(int expected) {
            events = allocate(expected);
        }

        private static MemorySegment allocate(long events) {
            return Arena.ofAuto().allocate(events * BYTES, BYTES);
        }

        /** Adds an order. */
        void insert(long id, boolean isBuy, int price, int quantity) {
            add(id, isBuy ? price : -price, quantity);
        }

        /** Adds the end of an order. */
        void cancel(long id) {
            add(id, 0, 0);
        }

        private void add(long id, int price, int quantity) {
            if (count * BYTES == events.byteSize()) {
                MemorySegment more = allocate(2L * count);
                more.copyFrom(events);
                events = more;
            }
            long at = count++ * BYTES;
            events.set(ValueLayout.JAVA_LONG, at + ID, id);
            events.set(ValueLayout.JAVA_INT, at + PRICE, price);
            events.set(ValueLayout.JAVA_INT, at + QUANTITY, quantity);
        }

        /**
         * Returns all events.
         *
         * @param mostOrders that may rest at a time, 1 at least
         */
        Flow build(int mostOrders) {
            return new Flow(events.asSlice(0, count * BYTES), mostOrders);
        }
    }

    /** Returns the number of events. */
    int size() {
        return (int) (events.byteSize() / BYTES);
    }

    /** Returns how many orders may rest at a time. */
    int mostOrders() {
        return mostOrders;
    }

    /** Applies an event to a book. */
    void apply(int index, Book book) {
        long at = index * BYTES;
        long id = events.get(ValueLayout.JAVA_LONG, at + ID);
        int price = events.get(ValueLayout.JAVA_INT, at + PRICE);
        if (price == 0) {
            book.cancel(id);
        } else {
            book.insert(id, price > 0, Math.abs(price), events.get(ValueLayout.JAVA_INT, at + QUANTITY));
        }
    }
}

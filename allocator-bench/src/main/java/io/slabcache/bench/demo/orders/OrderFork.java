package io.slabcache.bench.demo.orders;

import com.sun.management.ThreadMXBean;
import io.slabcache.bench.demo.Collector;
import io.slabcache.bench.latency.Times;
import io.slabcache.bench.run.ChildJvm;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;

/**
 * Measures one book, in a JVM of its own: the flow goes into an empty book three times, to warm up, for the events per
 * second, and for the time of each event. The trades are the same each time, or the fork fails.
 */
public final class OrderFork {

    static final int PASSES = 3;

    private static final double NANOS_PER_SECOND = 1e9;
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final OrderTask task;
    private final Flow flow;

    private OrderFork(OrderTask task) throws Exception {
        this.task = task;
        this.flow = task.file() == null
                ? SeededFlow.of(task.seed(), task.events())
                : EventFile.read(Path.of(task.file()), task.events());
    }

    /** Called by {@link ChildJvm}. */
    public static void main(String[] arguments) throws Exception {
        ChildJvm.serve(arguments, OrderTask.class, OrderFork::run);
    }

    static OrderMeasurement run(OrderTask task) throws Exception {
        return new OrderFork(task).measure();
    }

    private Book open(Book.Trades trades) {
        return OrderSubject.of(task.subject()).open(trades, flow.mostOrders());
    }

    private OrderMeasurement measure() {
        TradeSum first = new TradeSum();
        try (Book book = open(first)) {
            pass(book);
        }
        TradeSum second = new TradeSum();
        try (Book book = open(second)) {
            System.gc(); // what the last pass has left is not for this one to collect
            long collections = Collector.collections();
            long pauseMillis = Collector.pauseMillis();
            long garbage = THREADS.getCurrentThreadAllocatedBytes();
            long begun = System.nanoTime();
            pass(book);
            double seconds = (System.nanoTime() - begun) / NANOS_PER_SECOND;
            garbage = THREADS.getCurrentThreadAllocatedBytes() - garbage;
            collections = Collector.collections() - collections;
            pauseMillis = Collector.pauseMillis() - pauseMillis;
            requireEqual(first, second);
            return new OrderMeasurement(
                    task.subject(),
                    task.round(),
                    flow.size(),
                    second.count(),
                    second.sum(),
                    book.resting(),
                    seconds,
                    garbage,
                    collections,
                    pauseMillis,
                    timedPass(first).encode());
        }
    }

    private void pass(Book book) {
        for (int i = 0; i < flow.size(); i++) {
            flow.apply(i, book);
        }
    }

    private Times timedPass(TradeSum expected) {
        TradeSum trades = new TradeSum();
        Times times = new Times();
        try (Book book = open(trades)) {
            System.gc();
            long before = System.nanoTime();
            for (int i = 0; i < flow.size(); i++) {
                flow.apply(i, book);
                long now = System.nanoTime();
                times.record(now - before);
                before = now;
            }
        }
        requireEqual(expected, trades);
        return times;
    }

    private static void requireEqual(TradeSum expected, TradeSum trades) {
        if (expected.sum() != trades.sum() || expected.count() != trades.count()) {
            throw new IllegalStateException("the same events made other trades, %d with the sum %x and %d with %x"
                    .formatted(expected.count(), expected.sum(), trades.count(), trades.sum()));
        }
    }
}

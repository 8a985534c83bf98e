package io.slabcache.bench.demo.orders;

import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/**
 * Makes a flow from a seed. Orders gather around a price that wanders slowly; one in sixteen crosses it and trades at once. First four
 * in five events are orders, until half a million are open; from then on every second event is a cancel, mostly of a
 * young order. An order that is cancelled may have traded before, as in life.
 */
final class SeededFlow {

    private static final int MOST_OPEN = 500_000;
    private static final int YOUNG = 1_024;

    private static final int START = 32_768;
    private static final int WANDER = 8_192;

    private final RandomGenerator random;
    private final Flow.Builder flow;
    private final long[] open;
    private int opened;
    private int most = 1;
    private long ids;
    private int price = START;

    private SeededFlow(long seed, int events) {
        random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        flow = new Flow.Builder(events);
        open = new long[Math.min(MOST_OPEN, events)];
    }

    /** Returns so many events. */
    static Flow of(long seed, int events) {
        SeededFlow flow = new SeededFlow(seed, events);
        boolean hasGrown = false;
        for (int i = 0; i < events; i++) {
            hasGrown |= flow.opened == flow.open.length;
            boolean cancels = flow.random.nextInt(10) < (hasGrown ? 5 : 2);
            if (flow.opened == flow.open.length || cancels && flow.opened > 0) {
                flow.cancel();
            } else {
                flow.insert();
            }
        }
        return flow.flow.build(flow.most);
    }

    private void insert() {
        if (random.nextInt(2_048) == 0) {
            price = Math.clamp(price + (random.nextBoolean() ? 1 : -1), START - WANDER, START + WANDER);
        }
        boolean isBuy = random.nextBoolean();
        boolean crosses = random.nextInt(16) == 0;
        // Few far away, most of them near: the product of two numbers is small more often than not.
        int distance = crosses ? -4 : 1 + (random.nextInt(512) * random.nextInt(512) >> 10);
        int quantity = 1 + random.nextInt(crosses ? 200 : 100);
        long id = ++ids;
        flow.insert(id, isBuy, isBuy ? price - distance : price + distance, quantity);
        open[opened++] = id;
        most = Math.max(most, opened);
    }

    private void cancel() {
        boolean isYoung = random.nextInt(5) > 0;
        int place = isYoung ? opened - 1 - random.nextInt(Math.min(YOUNG, opened)) : random.nextInt(opened);
        flow.cancel(open[place]);
        open[place] = open[--opened];
    }
}

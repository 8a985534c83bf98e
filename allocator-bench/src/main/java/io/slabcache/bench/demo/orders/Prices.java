package io.slabcache.bench.demo.orders;

import java.util.BitSet;

/** The prices of one side at which orders rest. */
final class Prices {

    /** The highest price, in ticks. */
    static final int MOST = 65_535;

    private static final int NONE = -1;

    private final BitSet used = new BitSet(MOST + 1);
    private final boolean areBids;
    private int best = NONE;

    Prices(boolean areBids) {
        this.areBids = areBids;
    }

    /** Returns whether an order of the other side with this limit trades with the best one here. */
    boolean isCrossedBy(int limit) {
        return best != NONE && (areBids ? best >= limit : best <= limit);
    }

    /** Returns the best price; call it only if there is one. */
    int best() {
        return best;
    }

    void add(int price) {
        used.set(price);
        if (best == NONE || (areBids ? price > best : price < best)) {
            best = price;
        }
    }

    void remove(int price) {
        used.clear(price);
        if (price == best) {
            best = areBids ? used.previousSetBit(price) : used.nextSetBit(price);
        }
    }
}

package io.slabcache.bench.workload.handover;

import java.util.function.Function;
import java.util.function.LongConsumer;

/** The second thread of a hand-over of addresses. */
public final class LongReceiver extends Receiver {

    private final LongRing ring = new LongRing();
    private final LongConsumer receive;

    /** Starts the thread. */
    public LongReceiver(Function<Runnable, Thread> threads, Runnable enterThread, LongConsumer receive) {
        super(threads, enterThread);
        this.receive = receive;
        start();
    }

    /** Returns the ring into which the sender puts its objects. */
    public LongRing ring() {
        return ring;
    }

    @Override
    boolean receive() {
        long value = ring.poll();
        if (value == LongRing.NOTHING) {
            return false;
        }
        receive.accept(value);
        return true;
    }
}

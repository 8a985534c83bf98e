package io.slabcache.bench.workload.handover;

import java.util.function.Consumer;
import java.util.function.Function;

/** The second thread of a hand-over of objects. */
public final class ObjectReceiver<T> extends Receiver {

    private final ObjectRing<T> ring = new ObjectRing<>();
    private final Consumer<T> receive;

    /** Starts the thread. */
    public ObjectReceiver(Function<Runnable, Thread> threads, Runnable enterThread, Consumer<T> receive) {
        super(threads, enterThread);
        this.receive = receive;
        start();
    }

    /** Returns the ring into which the sender puts its objects. */
    public ObjectRing<T> ring() {
        return ring;
    }

    @Override
    boolean receive() {
        T value = ring.poll();
        if (value == null) {
            return false;
        }
        receive.accept(value);
        return true;
    }
}

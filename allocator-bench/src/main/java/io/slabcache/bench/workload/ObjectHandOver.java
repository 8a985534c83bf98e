package io.slabcache.bench.workload;

import io.slabcache.bench.workload.handover.ObjectReceiver;
import io.slabcache.bench.workload.handover.ObjectRing;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;

/**
 * One thread allocates objects and hands them to a second one, which frees them, like a message between two stages.
 * They meet in a ring of {@value ObjectRing#SLOTS} slots. The score is per object, until the second thread has received
 * all.
 *
 * <p>{@code java -jar allocator-bench.jar jmh '\.handover$' -prof gc}
 *
 * @param <T> the type of the objects
 */
public abstract class ObjectHandOver<T> extends ObjectReplace<T> {

    private static final int OBJECTS = 100_000;

    private ObjectReceiver<T> receiver;

    /** The first call starts the second thread, so the other workloads run without it. */
    @Benchmark
    @OperationsPerInvocation(OBJECTS)
    public void handover() {
        if (receiver == null) {
            receiver = new ObjectReceiver<>(this::newThread, this::enterThread, this::receive);
        }
        ObjectReceiver<T> receiver = this.receiver;
        ObjectRing<T> ring = receiver.ring();
        for (int i = 0; i < OBJECTS; i++) {
            T object = send();
            for (int turn = 0; !ring.offer(object); turn++) {
                receiver.await(turn);
            }
        }
        ring.publish();
        for (int turn = 0; !ring.isEmpty(); turn++) {
            receiver.await(turn);
        }
    }

    /** Allocates an object in the sending thread. */
    protected T send() {
        return take();
    }

    /** Frees it in the receiving thread. */
    protected void receive(T object) {
        give(object);
    }

    @Override
    void stopHelpers() {
        super.stopHelpers();
        if (receiver != null) {
            receiver.stop();
        }
    }
}

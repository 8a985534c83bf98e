package io.slabcache.bench.workload;

import io.slabcache.bench.workload.handover.LongReceiver;
import io.slabcache.bench.workload.handover.LongRing;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;

/**
 * One thread allocates addresses and hands them to a second one, which frees them, like a message between two stages.
 * They meet in a ring of {@value LongRing#SLOTS} slots. The score is per object, until the second thread has received
 * all.
 *
 * <p>{@code java -jar allocator-bench.jar jmh '\.handover$' -prof gc}
 */
public abstract class AddressHandOver extends AddressScatter {

    private static final int OBJECTS = 100_000;

    private LongReceiver receiver;

    /** The first call starts the second thread, so the other workloads run without it. */
    @Benchmark
    @OperationsPerInvocation(OBJECTS)
    public void handover() {
        if (receiver == null) {
            receiver = new LongReceiver(this::newThread, this::enterThread, this::receive);
        }
        LongReceiver receiver = this.receiver;
        LongRing ring = receiver.ring();
        for (int i = 0; i < OBJECTS; i++) {
            long address = send();
            for (int turn = 0; !ring.offer(address); turn++) {
                receiver.await(turn);
            }
        }
        ring.publish();
        for (int turn = 0; !ring.isEmpty(); turn++) {
            receiver.await(turn);
        }
    }

    /** Allocates an object in the sending thread. */
    protected long send() {
        return take();
    }

    /** Frees it in the receiving thread. */
    protected void receive(long address) {
        give(address);
    }

    @Override
    void stopHelpers() {
        super.stopHelpers();
        if (receiver != null) {
            receiver.stop();
        }
    }
}

package io.slabcache.bench.workload;

import io.slabcache.bench.workload.request.Requests;
import java.util.concurrent.ExecutionException;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;

/**
 * Serves {@value Requests#COUNT} requests. Each allocates a few addresses, waits and frees them, {@value
 * Requests#WAITS} times. The subject must support threads that live for one request only and continue on another
 * processor. The score is per address and includes the threads.
 *
 * <p>{@code java -jar allocator-bench.jar jmh '\.(platform|virtual)$' -prof gc}
 */
public abstract class AddressRequests extends AddressContended {

    private Requests requests;

    /** In a pool of one platform thread for each processor. */
    @Benchmark
    @OperationsPerInvocation(Requests.OBJECTS)
    public void platform() throws InterruptedException, ExecutionException {
        if (requests == null) {
            requests = Requests.inPool(this::newThread, this::serve);
        }
        requests.run();
    }

    /** In a virtual thread for each request. */
    @Benchmark
    @OperationsPerInvocation(Requests.OBJECTS)
    public void virtual() throws InterruptedException, ExecutionException {
        if (requests == null) {
            requests = Requests.inVirtualThreads(this::serve);
        }
        requests.run();
    }

    /** Allocates an object that the thread holds while it waits. */
    protected long hold() {
        return take();
    }

    /** Frees it after the wait. */
    protected void release(long address) {
        give(address);
    }

    private void serve() {
        long[] held = new long[Requests.HELD];
        for (int wait = 0; wait < Requests.WAITS; wait++) {
            for (int i = 0; i < held.length; i++) {
                held[i] = hold();
            }
            Thread.yield();
            for (long address : held) {
                release(address);
            }
        }
    }

    @Override
    final void stopHelpers() {
        super.stopHelpers();
        if (requests != null) {
            requests.close();
        }
    }
}

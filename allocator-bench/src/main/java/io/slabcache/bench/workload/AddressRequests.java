package io.slabcache.bench.workload;

import io.slabcache.bench.workload.request.Requests;
import java.util.concurrent.ExecutionException;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;

/**
 * Serves {@value Requests#COUNT} requests, each of which takes a few addresses, waits and gives them
 * back, {@value Requests#WAITS} times. Asks of the subject that any thread may use it that lives only
 * for one request, and may go on with it on another processor. The score is per address; the threads
 * are part of it.
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

    /** Takes an object which the thread will hold while it waits. */
    protected long hold() {
        return take();
    }

    /** Gives it back after the wait. */
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

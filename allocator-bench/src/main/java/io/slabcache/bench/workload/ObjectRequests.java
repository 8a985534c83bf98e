package io.slabcache.bench.workload;

import io.slabcache.bench.workload.request.Requests;
import java.util.concurrent.ExecutionException;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;

/**
 * Serves {@value Requests#COUNT} requests. Each allocates a few objects, waits and frees them, {@value Requests#WAITS}
 * times. The subject must support threads that live for one request only and continue on another processor. The score
 * is per object and includes the threads.
 *
 * <p>{@code java -jar allocator-bench.jar jmh '\.(platform|virtual)$' -prof gc}
 *
 * @param <T> the type of the objects
 */
public abstract class ObjectRequests<T> extends ObjectContended<T> {

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

    private void serve() {
        T[] held = newArray(Requests.HELD);
        for (int wait = 0; wait < Requests.WAITS; wait++) {
            for (int i = 0; i < held.length; i++) {
                held[i] = take();
            }
            Thread.yield();
            for (T object : held) {
                give(object);
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

package io.slabcache.bench.workload.request;

import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadFactory;

/**
 * A crowd of equal requests, served on threads of one kind.
 *
 * <p>A request waits by {@link Thread#yield()}. A virtual thread then releases its carrier and continues after the
 * others, so nearly all requests hold their objects at once; a platform thread calls the operating system. Both take
 * about a fifth of a microsecond on an idle processor. If platform threads really slept, they would be so slow that the
 * allocator's cost would not show.
 */
public final class Requests implements AutoCloseable {

    /** Requests in one crowd. */
    public static final int COUNT = 10_000;

    /** The number of waits of each request. */
    public static final int WAITS = 10;

    /** The number of objects it holds during a wait: so many that the wait does not hide their cost. */
    public static final int HELD = 8;

    /** Objects allocated and freed by one crowd. */
    public static final int OBJECTS = COUNT * WAITS * HELD;

    private final ExecutorService threads;
    private final List<Callable<Object>> requests;

    private Requests(ExecutorService threads, Runnable request) {
        this.threads = threads;
        this.requests = Collections.nCopies(COUNT, Executors.callable(request));
    }

    /** Serves the requests one after the other, in one platform thread for each processor. */
    public static Requests inPool(ThreadFactory factory, Runnable request) {
        ThreadFactory daemons = body -> {
            Thread thread = factory.newThread(body);
            thread.setDaemon(true);
            return thread;
        };
        return new Requests(Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors(), daemons), request);
    }

    /** Serves each request in a virtual thread of its own. */
    public static Requests inVirtualThreads(Runnable request) {
        return new Requests(Executors.newVirtualThreadPerTaskExecutor(), request);
    }

    /**
     * Returns when all are served.
     *
     * @throws ExecutionException when one of them failed
     */
    public void run() throws InterruptedException, ExecutionException {
        for (Future<Object> served : threads.invokeAll(requests)) {
            served.get();
        }
    }

    /** Ends the threads. */
    @Override
    public void close() {
        threads.close();
    }
}

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
 * <p>A request waits by {@link Thread#yield()}: a virtual thread then leaves its carrier and goes on
 * after the others, so that nearly all requests hold their objects at once; a platform thread asks the
 * operating system. Both take about a fifth of a microsecond where nothing else wants the processor.
 * With a wait in which platform threads really sleep, they would be slower by so much that no
 * allocator could be seen beside it.
 */
public final class Requests implements AutoCloseable {

    /** Requests in one crowd. */
    public static final int COUNT = 10_000;

    /** How often each of them waits. */
    public static final int WAITS = 10;

    /** How many objects it holds meanwhile: so many that the wait does not hide what they cost. */
    public static final int HELD = 8;

    /** Objects taken and given back by one crowd. */
    public static final int OBJECTS = COUNT * WAITS * HELD;

    private final ExecutorService threads;
    private final List<Callable<Object>> requests;

    private Requests(ExecutorService threads, Runnable request) {
        this.threads = threads;
        this.requests = Collections.nCopies(COUNT, Executors.callable(request));
    }

    /** One platform thread for each processor serves the requests one after the other. */
    public static Requests inPool(ThreadFactory factory, Runnable request) {
        ThreadFactory daemons = body -> {
            Thread thread = factory.newThread(body);
            thread.setDaemon(true);
            return thread;
        };
        return new Requests(Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors(), daemons), request);
    }

    /** Each request has a virtual thread of its own. */
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

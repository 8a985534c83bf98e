package io.slabcache.bench.workload.request;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A crowd of requests is served completely, by a pool of platform threads or by one virtual thread each. A failure of
 * one request fails the run.
 */
@Timeout(30)
class RequestsTest {

    private final Set<Thread> threads = ConcurrentHashMap.newKeySet();
    private final AtomicInteger served = new AtomicInteger();

    /** Both ways to serve requests. */
    enum Kind {
        POOL(request -> Requests.inPool(Thread::new, request)),
        VIRTUAL(Requests::inVirtualThreads);

        private final Function<Runnable, Requests> opener;

        Kind(Function<Runnable, Requests> opener) {
            this.opener = opener;
        }
    }

    @ParameterizedTest
    @EnumSource
    void everyRequestIsServedWhenRunReturns(Kind kind) throws Exception {
        try (Requests requests = kind.opener.apply(this::serve)) {
            requests.run();
            assertEquals(Requests.COUNT, served.get());
            requests.run();
            assertEquals(2 * Requests.COUNT, served.get());
        }
    }

    @ParameterizedTest
    @EnumSource
    void oneFailedRequestFailsTheRun(Kind kind) {
        try (Requests requests = kind.opener.apply(this::failOnce)) {
            ExecutionException failure = assertThrows(ExecutionException.class, requests::run);
            assertEquals("on purpose", failure.getCause().getMessage());
        }
    }

    @Test
    void aPoolHasAThreadForEachProcessor() throws Exception {
        try (Requests requests = Requests.inPool(Thread::new, this::serve)) {
            requests.run();
            requests.run();
        }
        assertTrue(threads.size() <= Runtime.getRuntime().availableProcessors(), threads::toString);
        assertTrue(threads.stream().noneMatch(Thread::isVirtual), threads::toString);
        assertTrue(threads.stream().allMatch(Thread::isDaemon), "a fork whose benchmark fails must end");
    }

    @Test
    void virtualThreadsServeOneRequestEach() throws Exception {
        try (Requests requests = Requests.inVirtualThreads(this::serve)) {
            requests.run();
        }
        assertEquals(Requests.COUNT, threads.size());
        assertTrue(threads.stream().allMatch(Thread::isVirtual));
    }

    private void serve() {
        threads.add(Thread.currentThread());
        served.incrementAndGet();
    }

    private void failOnce() {
        if (served.incrementAndGet() == Requests.COUNT / 2) {
            throw new IllegalStateException("on purpose");
        }
    }
}

package io.slabcache.netty;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.util.ResourceLeakDetector;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A real HTTP server and its clients on the loopback interface: every byte arrives, and no buffer stays. */
class HttpTest {
    private static final int CLIENTS = 8;
    private static final int REQUESTS = 600;

    private final ResourceLeakDetector.Level level = ResourceLeakDetector.getLevel();

    @AfterEach
    void restore() {
        ResourceLeakDetector.setLevel(level);
    }

    @ParameterizedTest
    @EnumSource(names = {"DISABLED", "PARANOID"})
    void requestsAndResponses(ResourceLeakDetector.Level watched) throws Exception {
        ResourceLeakDetector.setLevel(watched);
        try (Buffers buffers = new Buffers("http")) {
            AtomicInteger left = new AtomicInteger(REQUESTS);
            try (HttpPair pair = new HttpPair(buffers.allocator, 2)) {
                assertEquals(REQUESTS + CLIENTS, pair.exchange(CLIENTS, () -> left.getAndDecrement() > 0));
            }
            assertTrue(
                    buffers.slabs.stats().frees() > REQUESTS,
                    () -> buffers.slabs.stats().toString());
        }
    }
}

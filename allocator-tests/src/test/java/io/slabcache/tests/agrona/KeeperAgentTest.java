package io.slabcache.tests.agrona;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slabcache.Keeper;
import io.slabcache.SlabCache;
import io.slabcache.agrona.KeeperAgent;
import io.slabcache.tests.support.Eventually;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.agrona.concurrent.AgentInvoker;
import org.agrona.concurrent.AgentRunner;
import org.agrona.concurrent.BackoffIdleStrategy;
import org.agrona.concurrent.BusySpinIdleStrategy;
import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.SleepingIdleStrategy;
import org.agrona.concurrent.SleepingMillisIdleStrategy;
import org.agrona.concurrent.YieldingIdleStrategy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The keeper as an agent makes slabs ahead of need, under every idle strategy, and by a program's own loop. */
@Timeout(60)
class KeeperAgentTest {
    private static final int AHEAD = 5_000;

    static Stream<IdleStrategy> strategies() {
        return Stream.of(
                new BackoffIdleStrategy(),
                new BusySpinIdleStrategy(),
                new SleepingIdleStrategy(1_000_000),
                new SleepingMillisIdleStrategy(1),
                new YieldingIdleStrategy());
    }

    private static SlabCache cache(Keeper keeper) {
        return SlabCache.builder("kept", 64).growAhead(AHEAD).keeper(keeper).build();
    }

    @ParameterizedTest
    @MethodSource("strategies")
    void anAgentGrowsACacheAhead(IdleStrategy idle) {
        Keeper keeper = new Keeper();
        AtomicReference<Throwable> failure = new AtomicReference<>();
        try (SlabCache cache = cache(keeper);
                AgentRunner runner = new AgentRunner(idle, failure::set, null, new KeeperAgent(keeper))) {
            Thread thread = AgentRunner.startOnThread(runner);
            assertEquals("slabcache-keeper", thread.getName());
            cache.freeAddress(cache.allocateAddress());
            Eventually.holds(() -> cache.stats().totalObjects() >= AHEAD, "growth ahead");
        }
        assertNull(failure.get());
    }

    /** Known bad: without the agent nothing grows. */
    @Test
    void anInvokerGrowsACacheAheadWhenItIsInvoked() {
        Keeper keeper = new Keeper();
        try (SlabCache cache = cache(keeper);
                AgentInvoker invoker = new AgentInvoker(Throwable::printStackTrace, null, new KeeperAgent(keeper))) {
            invoker.start();
            cache.freeAddress(cache.allocateAddress());
            long before = cache.stats().totalObjects();
            assertTrue(before < AHEAD, () -> cache.stats().toString());
            int steps = 0;
            for (int i = 0; i < 100; i++) {
                steps += invoker.invoke();
            }
            assertTrue(steps > 0, "no step");
            assertTrue(
                    cache.stats().totalObjects() > before, () -> cache.stats().toString());
        }
    }
}

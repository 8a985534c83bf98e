package io.slabcache.tests.handles;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.slabcache.ObjectAllocator;
import io.slabcache.SlabCache;
import io.slabcache.tests.support.Healthy;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Leases obey every rule in every kind of cache, and for each rule there is a known-bad lease that breaks it. */
class LeaseRulesTest {
    static Stream<Arguments> rulesInAllSettings() {
        return Setting.all()
                .flatMap(setting -> Arrays.stream(LeaseRules.values()).map(rule -> Arguments.of(rule, setting)));
    }

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("rulesInAllSettings")
    void everyRuleIsKept(LeaseRules rule, Setting setting) throws Throwable {
        setting.run(() -> {
            try (SlabCache cache = setting.builder().build()) {
                ObjectAllocator allocator = setting.allocator(cache);
                rule.check(cache, ignored -> new CacheLease(allocator.allocateLeased()));
                Healthy.checkNothingLive(cache);
                assertEquals(0, cache.stats().misuses());
            }
        });
    }

    @ParameterizedTest
    @EnumSource
    void theModelKeepsEveryRule(LeaseRules rule) throws Exception {
        try (SlabCache cache = SlabCache.builder("modelled", Setting.SIZE).build()) {
            rule.check(cache, ModelLease::new);
            Healthy.checkNothingLive(cache);
        }
    }

    /** Gives out the object itself: nothing ends, and no thread is refused. */
    private static final class PlainLease extends ModelLease {
        PlainLease(SlabCache cache) {
            super(cache);
        }

        @Override
        public MemorySegment segment() {
            return object;
        }
    }

    private static final class SharedLease extends ModelLease {
        SharedLease(SlabCache cache) {
            super(cache);
        }

        @Override
        Arena newArena() {
            return Arena.ofShared();
        }
    }

    private static final class EndlessLease extends ModelLease {
        EndlessLease(SlabCache cache) {
            super(cache);
        }

        @Override
        void endView() {}
    }

    private static final class LeakyLease extends ModelLease {
        LeakyLease(SlabCache cache) {
            super(cache);
        }

        @Override
        void free() {}
    }

    private static final class TwiceFreedLease extends ModelLease {
        TwiceFreedLease(SlabCache cache) {
            super(cache);
        }

        @Override
        public synchronized void close() {
            boolean again = state == State.CLOSED;
            super.close();
            if (again) {
                free();
            }
        }
    }

    private static final class OwnerlessLease extends ModelLease {
        OwnerlessLease(SlabCache cache) {
            super(cache);
        }

        @Override
        Arena newArena() {
            return Arena.ofShared();
        }

        @Override
        void requireOwner() {}
    }

    private static final class GrabbedLease extends ModelLease {
        GrabbedLease(SlabCache cache) {
            super(cache);
        }

        @Override
        public synchronized Leased takeOver() {
            state = State.IN_TRANSIT;
            return super.takeOver();
        }
    }

    /** Cannot be closed in transit, between its former owner and the next one. */
    private static final class StrandedLease extends ModelLease {
        StrandedLease(SlabCache cache) {
            super(cache);
        }

        @Override
        public synchronized void close() {
            if (state != State.IN_TRANSIT) {
                super.close();
            }
        }
    }

    /** Checks whether it may be taken over, and takes it over later: two threads can do so at once. */
    private static final class RacyLease extends ModelLease {
        private final CyclicBarrier meeting = new CyclicBarrier(2);

        RacyLease(SlabCache cache) {
            super(cache);
        }

        @Override
        public Leased takeOver() {
            if (state == State.IN_TRANSIT) {
                meet();
                synchronized (this) {
                    state = State.IN_TRANSIT;
                    super.takeOver();
                }
                return this;
            }
            return super.takeOver();
        }

        /** Waits for a competing thread; without one, a take-over goes on after a moment. */
        private void meet() {
            try {
                meeting.await(200, TimeUnit.MILLISECONDS);
            } catch (TimeoutException | BrokenBarrierException e) {
                // No other thread came.
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }
    }

    static Stream<Arguments> mistakes() {
        Map<Function<SlabCache, Leased>, Set<LeaseRules>> found = Map.of(
                PlainLease::new,
                Set.of(LeaseRules.IT_COVERS_ONE_OBJECT_FOR_ONE_THREAD, LeaseRules.NOTHING_IS_READ_AFTER_THE_CLOSE),
                SharedLease::new,
                Set.of(LeaseRules.IT_COVERS_ONE_OBJECT_FOR_ONE_THREAD),
                EndlessLease::new,
                Set.of(LeaseRules.NOTHING_IS_READ_AFTER_THE_CLOSE, LeaseRules.THE_HAND_OVER_ENDS_THE_OWNERS_VIEW),
                LeakyLease::new,
                Set.of(LeaseRules.IT_FREES_ITS_OBJECT_ONCE, LeaseRules.THE_CACHE_DOES_NOT_CLOSE_OVER_IT),
                TwiceFreedLease::new,
                Set.of(LeaseRules.IT_FREES_ITS_OBJECT_ONCE),
                OwnerlessLease::new,
                Set.of(
                        LeaseRules.ANOTHER_THREAD_CHANGES_NOTHING,
                        LeaseRules.THE_NEXT_OWNER_HAS_ALL_RIGHTS_AND_THE_LAST_ONE_NONE),
                GrabbedLease::new,
                Set.of(LeaseRules.ONLY_WHAT_WAS_HANDED_OVER_IS_TAKEN_OVER),
                StrandedLease::new,
                Set.of(LeaseRules.IN_TRANSIT_IT_IS_LIVE_AND_ANYBODYS_TO_CLOSE),
                RacyLease::new,
                Set.of(LeaseRules.ONE_OF_SEVERAL_THREADS_TAKES_IT_OVER));
        return found.entrySet().stream().map(entry -> Arguments.of(entry.getKey(), entry.getValue()));
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource("mistakes")
    void eachMistakeIsFound(Function<SlabCache, Leased> bad, Set<LeaseRules> expected) {
        Set<LeaseRules> broken =
                expected.stream().filter(rule -> isBroken(rule, bad)).collect(Collectors.toSet());
        assertEquals(expected, broken);
    }

    private static boolean isBroken(LeaseRules rule, Function<SlabCache, Leased> bad) {
        SlabCache cache = SlabCache.builder("bad", Setting.SIZE).build();
        try {
            rule.check(cache, bad);
            return false;
        } catch (Exception | AssertionError e) {
            return true;
        } finally {
            cache.closeNow();
        }
    }

    @ParameterizedTest
    @EnumSource
    void everyRuleIsBrokenBySomeMistake(LeaseRules rule) {
        assertEquals(
                1,
                mistakes()
                        .filter(mistake -> ((Set<?>) mistake.get()[1]).contains(rule))
                        .limit(1)
                        .count());
    }
}

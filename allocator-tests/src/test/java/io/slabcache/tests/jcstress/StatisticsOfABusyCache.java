package io.slabcache.tests.jcstress;

import java.lang.foreign.MemorySegment;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/** No number of the statistics is negative, and the sums hold, while another thread is inside the cache. */
@Outcome(id = "plausible", expect = Expect.ACCEPTABLE, desc = "recent numbers that fit together")
@Outcome(id = "negative", expect = Expect.FORBIDDEN, desc = "a difference of numbers of different moments")
@Outcome(id = "wrong sum", expect = Expect.FORBIDDEN, desc = "allocations are frees and live objects")
@Outcome(expect = Expect.FORBIDDEN, desc = "an outcome without a name")
public abstract class StatisticsOfABusyCache extends Scenario {
    private static final int ROUNDS = 3;

    private String found = "not looked";

    StatisticsOfABusyCache(Pool pool) {
        super(pool);
    }

    void work() {
        for (int i = 0; i < ROUNDS; i++) {
            MemorySegment object = pool.tryAllocate();
            pool.free(pool.tryAllocate());
            pool.free(object);
        }
        pool.flush();
    }

    void look(long[] counts) {
        found = counts[0] == counts[1] + counts[2] ? "plausible" : "wrong sum";
        for (long count : counts) {
            if (count < 0) {
                found = "negative";
            }
        }
    }

    @Override
    final String look() {
        return found;
    }

    /** Spare object, magazines and depot change concurrently. */
    @JCStressTest
    @State
    public static class WithMagazines extends StatisticsOfABusyCache {
        public WithMagazines() {
            super(new CachePool(Caches.withMagazinesOf(1)));
        }

        @Actor
        public void working() {
            work();
        }

        @Actor
        public void counting() {
            look(pool.counts());
        }

        @Arbiter
        public void end(L_Result result) {
            result.r1 = end();
        }
    }

    /** The slab list changes concurrently. */
    @JCStressTest
    @State
    public static class WithoutMagazines extends StatisticsOfABusyCache {
        public WithoutMagazines() {
            super(new CachePool(Caches.withoutMagazines(2)));
        }

        @Actor
        public void working() {
            work();
        }

        @Actor
        public void counting() {
            look(pool.counts());
        }

        @Arbiter
        public void end(L_Result result) {
            result.r1 = end();
        }
    }

    /** It reads one number, and the other one later. */
    @JCStressTest
    @State
    public static class KnownBad extends StatisticsOfABusyCache {
        public KnownBad() {
            super(new SimplePool(2) {
                @Override
                public MemorySegment tryAllocate() {
                    if (allocations() == 0) {
                        waitForAnother();
                    }
                    return super.tryAllocate();
                }

                @Override
                public long[] counts() {
                    long allocations = allocations();
                    waitForAnother();
                    waitForAnother();
                    long frees = frees();
                    return new long[] {allocations, frees, allocations - frees};
                }
            });
        }

        @Actor
        public void working() {
            work();
        }

        @Actor
        public void counting() {
            look(pool.counts());
        }

        @Arbiter
        public void end(L_Result result) {
            result.r1 = end();
        }
    }
}

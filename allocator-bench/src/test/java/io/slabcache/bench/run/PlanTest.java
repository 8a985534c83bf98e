package io.slabcache.bench.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slabcache.bench.catalog.Benchmark;
import io.slabcache.bench.catalog.Benchmarks;
import io.slabcache.bench.workload.Subject.Group;
import io.slabcache.bench.workload.Workload;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Every round visits all benchmarks, and the duration of a fork depends on its kind. */
class PlanTest {

    @Test
    void everyRoundGoesThroughAllBenchmarks() {
        Benchmark a = Benchmarks.of(Workload.PAIR, "limit");
        Benchmark b = Benchmarks.of(Workload.PAIR, "malloc");
        Plan plan = Plan.of(new Settings(2, 1, 1, 1, 256), List.of(a, b));
        assertEquals(List.of(new Step(1, a), new Step(1, b), new Step(2, a), new Step(2, b)), plan.steps());
    }

    /** The number of iterations stays the same, so that their median means the same. */
    @Test
    void theCostOfSafetyIsMeasuredHalfAsLong() {
        Benchmark compared = Benchmarks.of(Workload.PAIR, "limit");
        Benchmark safer = Benchmarks.of(Workload.PAIR, "safer", Group.SAFETY, "limit");
        Plan plan = Plan.of(new Settings(1, 320, 5, 40, 256), List.of(compared, safer));
        assertEquals(plan.settings(), plan.settings(plan.steps().get(0)));
        assertEquals(
                new Settings(1, 320, 5, 20, 256), plan.settings(plan.steps().get(1)));
    }

    @Test
    void requestsAreWarmedUpLonger() {
        Benchmark virtual = Benchmarks.of(Workload.VIRTUAL, "limit");
        Plan plan = Plan.of(new Settings(1, 320, 5, 40, 256), List.of(virtual));
        assertEquals(
                new Settings(1, 1_600, 5, 40, 256), plan.settings(plan.steps().get(0)));
    }

    @Test
    void everyRoundGoesThroughAllCollectors() {
        Benchmark a = Benchmarks.of(Workload.PAIR, "limit");
        Benchmark b = Benchmarks.of(Workload.PAIR, "malloc");
        Map<Collector, List<Benchmark>> benchmarks = new LinkedHashMap<>();
        benchmarks.put(Collector.DEFAULT, List.of(a, b));
        benchmarks.put(Collector.Z, List.of(a));
        assertEquals(
                List.of(
                        new Step(1, a),
                        new Step(1, b),
                        new Step(1, a, Collector.Z),
                        new Step(2, a),
                        new Step(2, b),
                        new Step(2, a, Collector.Z)),
                Plan.of(new Settings(2, 1, 1, 1, 256), benchmarks).steps());
    }

    @Test
    void aQuickRunIsShorter() {
        List<Benchmark> benchmarks = List.of(Benchmarks.of(Workload.PAIR, "limit"));
        assertTrue(Plan.of(Settings.QUICK, benchmarks).millis()
                < Plan.of(Settings.STANDARD, benchmarks).millis() / 3);
    }

    @Test
    void aLargeLiveSetTakesTimeToGrow() {
        Plan plan = Plan.of(
                new Settings(1, 320, 5, 40, 256),
                List.of(
                        Benchmarks.of(Workload.SIZES_128, "limit"),
                        Benchmarks.of(Workload.REPLACE_1M, "limit"),
                        Benchmarks.of(Workload.SCATTERED, "limit")));
        assertTrue(plan.millis(plan.steps().get(1)) > plan.millis(plan.steps().get(0)) + 100);
        assertTrue(plan.millis(plan.steps().get(2)) > plan.millis(plan.steps().get(1)) + 1_000);
    }
}

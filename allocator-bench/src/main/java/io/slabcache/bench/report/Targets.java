package io.slabcache.bench.report;

import io.slabcache.bench.catalog.SubjectInfo;
import io.slabcache.bench.workload.Workload;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import java.util.function.ToDoubleBiFunction;

/** All targets, in the order of the table. */
final class Targets {

    private static final Set<String> CHECKED = Set.of("slabcache-address", "slabcache-local-address");
    private static final Set<String> UNCHECKED =
            Set.of("slabcache-address-unchecked", "slabcache-local-address-unchecked");
    private static final Set<String> BULK = Set.of("slabcache-bulk-address", "slabcache-bulk-address-unchecked");
    private static final Set<String> SEGMENTS = Set.of("slabcache-segment", "slabcache-local-segment");
    private static final Set<String> BOUNDED =
            Set.of("slabcache-bound-1024", "slabcache-bound-4096", "slabcache-bound-16384");

    private static final String OF_LIMITS =
            "/ limit, / limit-segment: time per object / that of a plain array of addresses, of references.";
    private static final String OF_SIZES =
            "sizes: time of the fastest malloc, or of Netty's adaptive allocator / its own.";
    private static final String OF_THE_RING =
            "handover: nanoseconds above the fastest round of the ring alone (limit, limit-segment).";
    private static final String OF_BOUNDS = "bounded: time per object / that of a cache without a bound.";
    private static final String OF_THREADS =
            "contended: speed-up of a thread per processor over one thread / that of limit.";
    private static final String OF_MANY_THREADS =
            "oversubscribed: throughput of four threads per processor / that of one per processor.";
    private static final String OF_VIRTUAL_THREADS =
            "virtual: throughput of virtual threads / that of a pool of platform threads.";
    private static final String OF_BATCHES = "batches: time per object / that of the pair.";

    private static final List<String> MALLOCS = List.of("malloc", "jemalloc", "mimalloc", "rpmalloc");
    private static final String UNBOUNDED = "slabcache-unbounded";

    /** Each workload has its targets together. */
    static final List<Target> ALL = all();

    private Targets() {}

    private static List<Target> all() {
        List<Target> targets = new ArrayList<>();
        for (Workload burst : List.of(Workload.BURST_32, Workload.BURST_1000)) {
            targets.add(toAddresses(burst, 2, CHECKED));
            targets.add(toAddresses(burst, 1.3, UNCHECKED));
            targets.add(toAddresses(burst, 1, BULK));
            targets.add(toReferences(burst, 1.5));
        }
        for (Workload replacement : List.of(Workload.REPLACE_10K, Workload.REPLACE_1M)) {
            targets.add(toAddresses(replacement, 2, CHECKED));
            targets.add(toReferences(replacement, 1.3));
        }
        for (Workload sizes : List.of(Workload.SIZES_128, Workload.SIZES_10K)) {
            targets.add(new Target(
                    sizes,
                    "malloc / own",
                    OF_SIZES,
                    Bound.atLeast(2),
                    "slabcache-address"::equals,
                    median((round, subject) -> fastestMalloc(round, sizes) / round.time(sizes, subject))));
            targets.add(new Target(
                    sizes,
                    "adaptive / own",
                    OF_SIZES,
                    Bound.atLeast(1.5),
                    "slabcache-netty"::equals,
                    median((round, subject) -> round.time(sizes, "netty-adaptive") / round.time(sizes, subject))));
        }
        targets.add(forAll(Workload.HAND_OVER, "ns - ring", OF_THE_RING, Bound.atMost(10), Targets::aboveTheRing));
        for (Workload bounded :
                List.of(Workload.BOUNDED_1, Workload.BOUNDED_2, Workload.BOUNDED_4, Workload.BOUNDED_8)) {
            targets.add(over(bounded, "/ unbounded", OF_BOUNDS, Bound.atMost(1.5), BOUNDED::contains, UNBOUNDED));
        }
        targets.add(forAll(
                Workload.CONTENDED,
                "/ limit's",
                OF_THREADS,
                Bound.atLeast(0.9),
                median((round, subject) -> gain(round, subject) / gain(round, SubjectInfo.LIMIT))));
        targets.add(forAll(
                Workload.OVERSUBSCRIBED,
                "/ contended",
                OF_MANY_THREADS,
                Bound.atLeast(0.8),
                quotient(Workload.CONTENDED, Workload.OVERSUBSCRIBED)));
        targets.add(forAll(
                Workload.VIRTUAL,
                "/ platform",
                OF_VIRTUAL_THREADS,
                Bound.atLeast(0.5),
                quotient(Workload.PLATFORM, Workload.VIRTUAL)));
        targets.add(forAll(
                Workload.SCATTERED,
                "/ limit",
                OF_LIMITS,
                Bound.atMost(2),
                median((round, subject) ->
                        round.time(Workload.SCATTERED, subject) / round.limit(Workload.SCATTERED, subject))));
        for (Workload batch : List.of(Workload.BATCH_64, Workload.BATCH_1000)) {
            targets.add(forAll(batch, "/ pair", OF_BATCHES, Bound.atMost(1.5), quotient(batch, Workload.PAIR)));
        }
        targets.add(toAddresses(Workload.PAIR, 2, Set.of("slabcache-local-address-unchecked")));
        targets.add(toAddresses(Workload.PAIR, 3, Set.of("slabcache-local-address")));
        targets.add(toAddresses(Workload.PAIR, 4, SEGMENTS));
        return List.copyOf(targets);
    }

    /** The time, in times of the same on a plain array of addresses. */
    private static Target toAddresses(Workload workload, double atMost, Set<String> subjects) {
        return over(workload, "/ limit", OF_LIMITS, Bound.atMost(atMost), subjects::contains, SubjectInfo.LIMIT);
    }

    /** The time of segments, in times of the same on a plain array of references. */
    private static Target toReferences(Workload workload, double atMost) {
        return over(
                workload,
                "/ limit-segment",
                OF_LIMITS,
                Bound.atMost(atMost),
                SEGMENTS::contains,
                SubjectInfo.LIMIT_OF_OBJECTS);
    }

    private static Target over(
            Workload workload,
            String comparison,
            String meaning,
            Bound bound,
            Predicate<String> subjects,
            String reference) {
        return new Target(
                workload,
                comparison,
                meaning,
                bound,
                subjects,
                median((round, subject) -> round.time(workload, subject) / round.time(workload, reference)));
    }

    /** Shown for peers and limits as well. */
    private static Target forAll(
            Workload workload,
            String comparison,
            String meaning,
            Bound bound,
            BiFunction<Rounds, String, OptionalDouble> formula) {
        return new Target(workload, comparison, meaning, bound, subject -> true, formula);
    }

    private static BiFunction<Rounds, String, OptionalDouble> median(ToDoubleBiFunction<Round, String> formula) {
        return (rounds, subject) -> rounds.median(round -> formula.applyAsDouble(round, subject));
    }

    private static BiFunction<Rounds, String, OptionalDouble> quotient(Workload above, Workload below) {
        return median((round, subject) -> round.time(above, subject) / round.time(below, subject));
    }

    /**
     * The fastest ring counts. Without other work between two objects, its ends run in lockstep in some JVMs, and then
     * the ring alone takes longer than with an allocator at each end.
     */
    private static OptionalDouble aboveTheRing(Rounds rounds, String subject) {
        double ring = rounds.least(round -> round.limit(Workload.HAND_OVER, subject));
        return rounds.median(round -> round.time(Workload.HAND_OVER, subject) - ring);
    }

    private static double gain(Round round, String subject) {
        return round.time(Workload.PAIR, subject) / round.time(Workload.CONTENDED, subject);
    }

    /** Returns the least time that was measured, or NaN. */
    private static double fastestMalloc(Round round, Workload workload) {
        return MALLOCS.stream()
                .mapToDouble(malloc -> round.time(workload, malloc))
                .filter(time -> !Double.isNaN(time))
                .min()
                .orElse(Double.NaN);
    }
}

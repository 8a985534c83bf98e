package io.slabcache.bench.report;

import io.slabcache.bench.catalog.SubjectInfo;
import io.slabcache.bench.workload.Workload;
import java.util.OptionalDouble;
import java.util.function.BiFunction;
import java.util.function.ToDoubleBiFunction;

/**
 * Slabcache's targets, one number for a workload. A target compares with the same subject under another workload or
 * with the limit, so it means the same on slow and fast machines. Times are of all threads together: half the time is
 * twice the throughput.
 */
enum Target {
    /** The time per object, divided by that of the pair. */
    BATCH_64(Workload.BATCH_64, "/ pair", Bound.atMost(1.5), quotient(Workload.BATCH_64, Workload.PAIR)),

    /** The time per object, divided by that of the pair. */
    BATCH_1000(Workload.BATCH_1000, "/ pair", Bound.atMost(1.5), quotient(Workload.BATCH_1000, Workload.PAIR)),

    /** The time per object, divided by that of plain arrays. */
    SCATTERED(
            Workload.SCATTERED,
            "/ limit",
            Bound.atMost(2),
            median((round, subject) ->
                    round.time(Workload.SCATTERED, subject) / round.limit(Workload.SCATTERED, subject))),

    /** Nanoseconds above the ring alone, of longs or of references. */
    HAND_OVER(Workload.HAND_OVER, "ns - ring", Bound.atMost(10), Target::aboveTheRing),

    /** The speed-up of a thread per processor over one thread, divided by that of the limit. */
    CONTENDED(
            Workload.CONTENDED,
            "/ limit's",
            Bound.atLeast(0.9),
            median((round, subject) -> gain(round, subject) / gain(round, SubjectInfo.LIMIT))),

    /** The throughput with more threads than processors, divided by that of a thread per processor. */
    OVERSUBSCRIBED(
            Workload.OVERSUBSCRIBED,
            "/ contended",
            Bound.atLeast(0.8),
            quotient(Workload.CONTENDED, Workload.OVERSUBSCRIBED)),

    /** The throughput of virtual threads, divided by that of a pool of platform threads. */
    VIRTUAL(Workload.VIRTUAL, "/ platform", Bound.atLeast(0.5), quotient(Workload.PLATFORM, Workload.VIRTUAL));

    private final Workload workload;
    private final String comparison;
    private final Bound bound;
    private final BiFunction<Rounds, String, OptionalDouble> formula;

    Target(Workload workload, String comparison, Bound bound, BiFunction<Rounds, String, OptionalDouble> formula) {
        this.workload = workload;
        this.comparison = comparison;
        this.bound = bound;
        this.formula = formula;
    }

    /** Returns the workload of the target. */
    Workload workload() {
        return workload;
    }

    /** Returns the formula and its reference, short enough for the head of a column. */
    String comparison() {
        return comparison;
    }

    Bound bound() {
        return bound;
    }

    /** Returns the subject's value; empty if each round lacks a measurement. */
    OptionalDouble of(Rounds rounds, String subject) {
        return formula.apply(rounds, subject);
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
}

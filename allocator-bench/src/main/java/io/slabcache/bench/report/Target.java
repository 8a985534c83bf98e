package io.slabcache.bench.report;

import io.slabcache.bench.workload.Workload;
import java.util.OptionalDouble;
import java.util.function.BiFunction;
import java.util.function.Predicate;

/**
 * A target of Slabcache. It compares with the same subject under another workload, with the limit or with a peer, so it
 * means the same on slow and fast machines. Times are of all threads together: half the time is twice the throughput.
 *
 * @param workload what is measured
 * @param comparison the formula and its reference, short enough for the head of a table
 * @param meaning the formula in words, a line at most 100 characters wide
 * @param bound what meets the target
 * @param subjects the ids of the subjects whose ratios are shown
 * @param formula a subject's value, given its id
 */
record Target(
        Workload workload,
        String comparison,
        String meaning,
        Bound bound,
        Predicate<String> subjects,
        BiFunction<Rounds, String, OptionalDouble> formula) {

    /** Returns the subject's value; empty if each round lacks a measurement, or if the target is for others. */
    OptionalDouble of(Rounds rounds, String subject) {
        return subjects.test(subject) ? formula.apply(rounds, subject) : OptionalDouble.empty();
    }
}

package io.slabcache.bench.report;

import static java.util.stream.Collectors.collectingAndThen;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import io.slabcache.bench.run.Measurement;
import java.util.Collection;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;

/** All rounds of a run. */
final class Rounds {

    private final Collection<Round> rounds;

    Rounds(List<Measurement> measurements) {
        rounds = measurements.stream()
                .collect(groupingBy(measurement -> measurement.step().round(), collectingAndThen(toList(), Round::new)))
                .values();
    }

    /**
     * Returns the median of the formula's values in all rounds. A round that lacks a measurement gives NaN and is left
     * out; empty if no round remains.
     */
    OptionalDouble median(ToDoubleFunction<Round> formula) {
        List<Double> values = rounds.stream()
                .mapToDouble(formula)
                .filter(value -> !Double.isNaN(value))
                .boxed()
                .toList();
        return values.isEmpty() ? OptionalDouble.empty() : OptionalDouble.of(Spread.median(values));
    }

    /** Returns the minimum of the formula's values in all rounds, or NaN if there is none. */
    double least(ToDoubleFunction<Round> formula) {
        return rounds.stream()
                .mapToDouble(formula)
                .filter(value -> !Double.isNaN(value))
                .min()
                .orElse(Double.NaN);
    }
}

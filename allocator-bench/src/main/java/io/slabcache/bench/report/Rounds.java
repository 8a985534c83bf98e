package io.slabcache.bench.report;

import static java.util.stream.Collectors.groupingBy;

import io.slabcache.bench.run.Measurement;
import java.util.Collection;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/** All rounds of a run. */
final class Rounds {

    private final Collection<List<Measurement>> measurements;
    private final List<Round> rounds;
    private List<Rounds> resamples = List.of();

    Rounds(List<Measurement> measurements) {
        this(measurements.stream()
                .collect(groupingBy(measurement -> measurement.step().round()))
                .values());
    }

    private Rounds(Collection<List<Measurement>> measurements) {
        this.measurements = measurements;
        this.rounds = measurements.stream().map(Round::new).toList();
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

    /**
     * Returns how much a figure of all rounds depends on chance, by the bootstrap; {@code null} if there is one round
     * only, which tells nothing about others, or if no round has the figure.
     */
    Interval interval(Function<Rounds, OptionalDouble> figure) {
        if (rounds.size() < 2) {
            return null;
        }
        if (resamples.isEmpty()) {
            resamples = Bootstrap.of(measurements).stream().map(Rounds::new).toList();
        }
        double[] values = resamples.stream()
                .map(figure)
                .filter(OptionalDouble::isPresent)
                .mapToDouble(OptionalDouble::getAsDouble)
                .toArray();
        return values.length == 0 ? null : Interval.of(values);
    }
}

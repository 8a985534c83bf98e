package io.slabcache.bench.report;

import io.slabcache.bench.catalog.Benchmark;
import io.slabcache.bench.run.Measurement;
import io.slabcache.bench.workload.Workload;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Makes one row of each subject and workload.
 *
 * <p>A ratio is taken within each round, median to median, and the median of the rounds' ratios is
 * shown: a round in which the machine was slow is then slow above and below the line.
 */
public final class Summary {

    /** The subject that stands for what cannot be beaten. */
    public static final String LIMIT = "limit";

    /** The subject that stands for Slabcache: its safe default form, and not its fastest one. */
    public static final String SLABCACHE = "slabcache-segment";

    private final Map<Benchmark, Rounds> benchmarks = new LinkedHashMap<>();

    private Summary(List<Measurement> measurements) {
        for (Measurement measurement : measurements) {
            benchmarks
                    .computeIfAbsent(measurement.step().benchmark(), benchmark -> new Rounds())
                    .add(measurement);
        }
    }

    /** In the order of the measurements. */
    public static List<Row> of(List<Measurement> measurements) {
        return new Summary(measurements).rows();
    }

    private List<Row> rows() {
        List<Row> rows = new ArrayList<>();
        benchmarks.forEach((benchmark, rounds) -> rows.add(new Row(
                benchmark.workload().id(),
                benchmark.subject().id(),
                Spread.of(rounds.scores),
                ratio(benchmark, rounds, LIMIT),
                ratio(benchmark, rounds, SLABCACHE),
                Spread.median(rounds.garbageBytes))));
        return rows;
    }

    private Double ratio(Benchmark benchmark, Rounds rounds, String reference) {
        Rounds referenceRounds = find(benchmark.workload(), reference);
        List<Double> ratios = new ArrayList<>();
        rounds.medians.forEach((round, median) -> {
            Double referenceMedian = referenceRounds.medians.get(round);
            if (referenceMedian != null) {
                ratios.add(median / referenceMedian);
            }
        });
        return ratios.isEmpty() ? null : Spread.median(ratios);
    }

    private Rounds find(Workload workload, String subject) {
        return benchmarks.entrySet().stream()
                .filter(entry -> entry.getKey().workload() == workload
                        && entry.getKey().subject().id().equals(subject))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElseGet(Rounds::new);
    }

    /** All rounds of one benchmark. */
    private static final class Rounds {

        private final List<Double> scores = new ArrayList<>();
        private final List<Double> garbageBytes = new ArrayList<>();
        private final Map<Integer, Double> medians = new TreeMap<>();

        private void add(Measurement measurement) {
            scores.addAll(measurement.scores());
            garbageBytes.add(measurement.garbageBytes());
            medians.put(measurement.step().round(), Spread.median(measurement.scores()));
        }
    }
}

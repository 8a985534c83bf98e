package io.slabcache.bench.report;

import io.slabcache.bench.catalog.Benchmark;
import io.slabcache.bench.catalog.SubjectInfo;
import io.slabcache.bench.run.Collector;
import io.slabcache.bench.run.Measurement;
import io.slabcache.bench.workload.Workload;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Makes one row for each subject and workload.
 *
 * <p>A ratio is taken within each round, median to median, and the median of these ratios is shown. A slow round is
 * then slow in both numerator and denominator.
 */
public final class Summary {

    /** The subject that represents Slabcache: its safe default form, not its fastest one. */
    public static final String SLABCACHE = "slabcache-segment";

    private final Map<Benchmark, List<Measurement>> benchmarks = new LinkedHashMap<>();
    private final Rounds rounds;

    private Summary(List<Measurement> measurements) {
        for (Measurement measurement : measurements) {
            benchmarks
                    .computeIfAbsent(measurement.step().benchmark(), benchmark -> new ArrayList<>())
                    .add(measurement);
        }
        rounds = new Rounds(measurements);
    }

    /** Returns the rows in the order of the measurements, those of the default collector first. */
    public static List<Row> of(List<Measurement> measurements) {
        Map<Collector, List<Measurement>> byCollector = new TreeMap<>(measurements.stream()
                .collect(Collectors.groupingBy(measurement -> measurement.step().collector())));
        return byCollector.entrySet().stream()
                .flatMap(of -> new Summary(of.getValue()).rows(of.getKey()).stream())
                .toList();
    }

    /**
     * Returns the share of the ratios to Slabcache whose intervals are too wide to say much; 0 if there are no
     * intervals.
     */
    public static double noise(List<Row> rows) {
        return rows.stream()
                .filter(row -> row.toSlabcacheInterval() != null)
                .mapToInt(row -> row.toSlabcacheInterval().isTooWideFor(row.toSlabcache()) ? 1 : 0)
                .average()
                .orElse(0);
    }

    private List<Row> rows(Collector collector) {
        List<Row> rows = new ArrayList<>();
        benchmarks.forEach((benchmark, measurements) -> rows.add(new Row(
                benchmark.workload().id(),
                benchmark.subject().id(),
                Spread.of(measurements.stream()
                        .flatMap(measurement -> measurement.scores().stream())
                        .toList()),
                ratio(benchmark, SubjectInfo.LIMIT),
                interval(benchmark, SubjectInfo.LIMIT),
                ratio(benchmark, SLABCACHE),
                interval(benchmark, SLABCACHE),
                ratio(benchmark, benchmark.subject().plainForm()),
                Spread.median(
                        measurements.stream().map(Measurement::garbageBytes).toList()),
                collector.idUnlessDefault())));
        return rows;
    }

    private Double ratio(Benchmark benchmark, String reference) {
        OptionalDouble ratio = ratio(rounds, benchmark, reference);
        return ratio.isPresent() ? ratio.getAsDouble() : null;
    }

    /** A subject's ratio to itself is 1, whatever the machine does. */
    private Interval interval(Benchmark benchmark, String reference) {
        return benchmark.subject().id().equals(reference)
                ? null
                : rounds.interval(drawn -> ratio(drawn, benchmark, reference));
    }

    private static OptionalDouble ratio(Rounds rounds, Benchmark benchmark, String reference) {
        Workload workload = benchmark.workload();
        return rounds.median(round -> round.time(workload, benchmark.subject().id()) / round.time(workload, reference));
    }
}

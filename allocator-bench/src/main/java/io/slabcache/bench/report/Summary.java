package io.slabcache.bench.report;

import io.slabcache.bench.catalog.Benchmark;
import io.slabcache.bench.catalog.SubjectInfo;
import io.slabcache.bench.run.Measurement;
import io.slabcache.bench.workload.Workload;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

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

    /** Returns the rows in the order of the measurements. */
    public static List<Row> of(List<Measurement> measurements) {
        return new Summary(measurements).rows();
    }

    private List<Row> rows() {
        List<Row> rows = new ArrayList<>();
        benchmarks.forEach((benchmark, measurements) -> rows.add(new Row(
                benchmark.workload().id(),
                benchmark.subject().id(),
                Spread.of(measurements.stream()
                        .flatMap(measurement -> measurement.scores().stream())
                        .toList()),
                ratio(benchmark, SubjectInfo.LIMIT),
                ratio(benchmark, SLABCACHE),
                ratio(benchmark, benchmark.subject().plainForm()),
                Spread.median(
                        measurements.stream().map(Measurement::garbageBytes).toList()))));
        return rows;
    }

    private Double ratio(Benchmark benchmark, String reference) {
        Workload workload = benchmark.workload();
        OptionalDouble ratio = rounds.median(
                round -> round.time(workload, benchmark.subject().id()) / round.time(workload, reference));
        return ratio.isPresent() ? ratio.getAsDouble() : null;
    }
}

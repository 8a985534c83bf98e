package io.slabcache.bench.report;

import io.slabcache.bench.run.Failure;
import io.slabcache.bench.run.Measurement;
import io.slabcache.bench.run.Settings;
import java.util.List;

/**
 * The complete raw results of a run, in the form in which they are written.
 *
 * @param format raised when a reader of an older file would misread a newer one
 * @param origin where, when and how it was run
 * @param settings how long each fork ran
 * @param forks the scores of each fork, in the order in which they ran
 * @param failures the forks that gave none
 * @param summary the rows of the table
 * @param ratios the cells of the table of ratios
 */
public record RawResults(
        int format,
        Origin origin,
        Settings settings,
        List<ForkScores> forks,
        List<ForkFailure> failures,
        List<Row> summary,
        List<Ratio> ratios) {

    private static final int FORMAT = 1;

    /** Puts the parts of a run together. */
    public static RawResults of(
            Origin origin, Settings settings, List<Measurement> measurements, List<Failure> failures) {
        return new RawResults(
                FORMAT,
                origin,
                settings,
                measurements.stream().map(ForkScores::of).toList(),
                failures.stream().map(ForkFailure::of).toList(),
                Summary.of(measurements),
                Ratio.of(measurements));
    }
}

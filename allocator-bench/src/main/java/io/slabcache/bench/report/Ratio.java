package io.slabcache.bench.report;

import io.slabcache.bench.run.Collector;
import io.slabcache.bench.run.Measurement;
import java.util.ArrayList;
import java.util.List;

/**
 * The ratio of a subject for a target. Targets apply to Slabcache, but can be measured for every subject.
 *
 * @param workload the workload's id
 * @param comparison the formula and what the workload is compared with
 * @param subject the subject's id
 * @param value the median of the rounds
 * @param interval where the value lies with 95 % confidence, {@code null} if there was one round
 * @param target the limit of the target
 * @param met whether the value reaches it
 * @param certain whether both ends of the interval agree with that
 */
public record Ratio(
        String workload,
        String comparison,
        String subject,
        double value,
        Interval interval,
        String target,
        boolean met,
        boolean certain) {

    /** Returns the ratios of the default collector, by subject, for which some round has all measurements. */
    public static List<Ratio> of(List<Measurement> all) {
        List<Measurement> measurements = all.stream()
                .filter(measurement -> measurement.step().collector() == Collector.DEFAULT)
                .toList();
        Rounds rounds = new Rounds(measurements);
        List<Ratio> ratios = new ArrayList<>();
        measurements.stream()
                .map(measurement -> measurement.step().benchmark().subject().id())
                .distinct()
                .forEach(subject -> {
                    for (Target target : Targets.ALL) {
                        target.of(rounds, subject)
                                .ifPresent(value -> ratios.add(of(
                                        target, subject, value, rounds.interval(drawn -> target.of(drawn, subject)))));
                    }
                });
        return ratios;
    }

    private static Ratio of(Target target, String subject, double value, Interval interval) {
        return new Ratio(
                target.workload().id(),
                target.comparison(),
                subject,
                value,
                interval,
                target.bound().toString(),
                target.bound().isMetBy(value),
                interval == null || interval.isDecidedBy(target.bound()));
    }
}

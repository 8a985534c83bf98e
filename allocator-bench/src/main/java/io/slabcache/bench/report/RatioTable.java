package io.slabcache.bench.report;

import io.slabcache.bench.catalog.SubjectInfo;
import io.slabcache.bench.workload.Subject;
import java.util.List;
import java.util.Optional;

/** The table of ratios that have targets: for each target, the subjects with their ratios. */
public final class RatioTable {

    private static final String ROW = "  %-34s %8s  %-20s %s";

    private final List<Ratio> ratios;

    public RatioTable(List<Ratio> ratios) {
        this.ratios = List.copyOf(ratios);
    }

    /**
     * Shows for Slabcache's forms whether they meet the targets; empty if there is no ratio.
     *
     * @param isNoisy if so, there is no verdict
     */
    public String render(List<SubjectInfo> subjects, boolean isNoisy) {
        StringBuilder text = new StringBuilder();
        for (Target target : Target.values()) {
            List<String> lines = subjects.stream()
                    .flatMap(subject -> find(target, subject).map(ratio -> line(ratio, subject, isNoisy)).stream())
                    .toList();
            if (!lines.isEmpty()) {
                text.append(
                        "%s %s, target %s%n".formatted(target.workload().id(), target.comparison(), target.bound()));
                lines.forEach(line -> text.append(line).append(System.lineSeparator()));
            }
        }
        return text.isEmpty() ? "" : text.append(footer()).toString();
    }

    private Optional<Ratio> find(Target target, SubjectInfo subject) {
        return ratios.stream()
                .filter(ratio -> ratio.workload().equals(target.workload().id())
                        && ratio.subject().equals(subject.id()))
                .findFirst();
    }

    private static String line(Ratio ratio, SubjectInfo subject, boolean isNoisy) {
        return ROW.formatted(
                        subject.id(),
                        Table.number(ratio.value()),
                        ratio.interval() == null ? "" : ratio.interval().toString(),
                        subject.group() == Subject.Group.SLABCACHE && !isNoisy ? verdict(ratio) : "")
                .stripTrailing();
    }

    private static String verdict(Ratio ratio) {
        if (!ratio.certain()) {
            return "unclear";
        }
        return ratio.met() ? "met" : "not met";
    }

    private static String footer() {
        return """

                Each ratio is the median of the rounds' ratios; beside it where it lies with 95 %% confidence.
                unclear: the limit lies within that interval.
                batches: time per object / that of the pair. scattered: / that of plain arrays ("%s").
                handover: nanoseconds above the fastest round of the ring alone ("%s", "%s").
                contended: speed-up of a thread per processor over one thread / that of "%s".
                oversubscribed: throughput of four threads per processor / that of one per processor.
                virtual: throughput of virtual threads / that of a pool of platform threads.
                """.formatted(SubjectInfo.LIMIT, SubjectInfo.LIMIT, SubjectInfo.LIMIT_OF_OBJECTS, SubjectInfo.LIMIT);
    }
}

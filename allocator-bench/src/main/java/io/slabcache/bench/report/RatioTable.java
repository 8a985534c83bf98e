package io.slabcache.bench.report;

import io.slabcache.bench.catalog.SubjectInfo;
import io.slabcache.bench.workload.Subject;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** The table of ratios that have targets: a column for each target, a row for each subject. */
public final class RatioTable {

    private static final String NONE = "-    ";

    private final List<Ratio> ratios;

    public RatioTable(List<Ratio> ratios) {
        this.ratios = List.copyOf(ratios);
    }

    /** Shows for Slabcache's forms whether they meet the targets; empty if there is no ratio. */
    public String render(List<SubjectInfo> subjects) {
        if (ratios.isEmpty()) {
            return "";
        }
        StringBuilder text = new StringBuilder();
        text.append(line("ratios", target -> target.workload().id()));
        text.append(line("", Target::comparison));
        text.append(line("target", target -> target.bound().toString()));
        for (SubjectInfo subject : subjects) {
            text.append(line(subject.id(), target -> cell(target, subject)));
        }
        return text.append(footer()).toString();
    }

    private String cell(Target target, SubjectInfo subject) {
        return ratios.stream()
                .filter(ratio -> ratio.workload().equals(target.workload().id())
                        && ratio.subject().equals(subject.id()))
                .findFirst()
                .map(ratio -> Table.number(ratio.value()) + verdict(ratio, subject))
                .orElse(NONE);
    }

    private static String verdict(Ratio ratio, SubjectInfo subject) {
        if (subject.group() != Subject.Group.SLABCACHE) {
            return "    ";
        }
        return ratio.met() ? " met" : " not";
    }

    /** A column is as wide as its head, and has room for a verdict. */
    private static String line(String head, Function<Target, String> cell) {
        StringBuilder text = new StringBuilder(String.format("  %-34s", head));
        Arrays.stream(Target.values())
                .map(target -> String.format(
                        Locale.ROOT,
                        "%" + (2 + Math.max(10, target.workload().id().length())) + "s",
                        cell.apply(target)))
                .forEach(text::append);
        return text.toString().stripTrailing() + System.lineSeparator();
    }

    private static String footer() {
        return """
                Each ratio is the median of the rounds' ratios. met, not: whether Slabcache's forms met the target in this run.
                batches: time per object / that of the pair. scattered: time per object / that of plain arrays ("%s").
                handover: nanoseconds above the fastest round of the ring alone ("%s", or "%s" for objects).
                contended: speed-up of a thread per processor over one thread / that of "%s".
                oversubscribed: throughput of four threads per processor / that of one per processor.
                virtual: throughput of virtual threads / that of a pool of platform threads.
                """.formatted(SubjectInfo.LIMIT, SubjectInfo.LIMIT, SubjectInfo.LIMIT_OF_OBJECTS, SubjectInfo.LIMIT);
    }
}

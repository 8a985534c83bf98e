package io.slabcache.bench.report;

import io.slabcache.bench.catalog.SubjectInfo;
import io.slabcache.bench.workload.Subject;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

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
        Set<String> meanings = new LinkedHashSet<>();
        for (Target target : Targets.ALL) {
            List<String> lines = subjects.stream()
                    .flatMap(subject -> find(target, subject).map(ratio -> line(ratio, subject, isNoisy)).stream())
                    .toList();
            if (!lines.isEmpty()) {
                meanings.add(target.meaning());
                text.append(
                        "%s %s, target %s%n".formatted(target.workload().id(), target.comparison(), target.bound()));
                lines.forEach(line -> text.append(line).append(System.lineSeparator()));
            }
        }
        return text.isEmpty() ? "" : text.append(footer(meanings)).toString();
    }

    private Optional<Ratio> find(Target target, SubjectInfo subject) {
        return ratios.stream()
                .filter(ratio -> ratio.subject().equals(subject.id()) && isFor(target, ratio))
                .findFirst();
    }

    /** A workload has several targets, for several forms. */
    private static boolean isFor(Target target, Ratio ratio) {
        return ratio.workload().equals(target.workload().id())
                && ratio.comparison().equals(target.comparison())
                && ratio.target().equals(target.bound().toString());
    }

    private static String line(Ratio ratio, SubjectInfo subject, boolean isNoisy) {
        return ROW.formatted(
                        subject.id(),
                        Table.number(ratio.value()),
                        ratio.interval() == null ? "" : ratio.interval().toString(),
                        isOurs(subject) && !isNoisy ? verdict(ratio) : "")
                .stripTrailing();
    }

    private static boolean isOurs(SubjectInfo subject) {
        return subject.group() == Subject.Group.SLABCACHE || subject.group() == Subject.Group.BOUNDED;
    }

    private static String verdict(Ratio ratio) {
        if (!ratio.certain()) {
            return "unclear";
        }
        return ratio.met() ? "met" : "not met";
    }

    private static String footer(Set<String> meanings) {
        return """

                Each ratio is the median of the rounds' ratios; beside it where it lies with 95 % confidence.
                unclear: the limit lies within that interval.
                """ + String.join("\n", meanings) + "\n";
    }
}

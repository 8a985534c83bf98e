package io.slabcache.bench.report;

import io.slabcache.bench.catalog.SubjectInfo;
import io.slabcache.bench.workload.Workload;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/**
 * The table of the cost of safety: below each plain form are its safer forms, with the ratio of their times to its
 * time. A subject joins by naming its plain form.
 */
public final class SafetyTable {

    private final List<Row> rows;

    public SafetyTable(List<Row> rows) {
        this.rows = rows.stream()
                .filter(row -> row.collector() == null)
                .filter(row -> Workload.OF_SAFETY.stream()
                        .anyMatch(workload -> workload.id().equals(row.workload())))
                .toList();
    }

    /** Omits subjects of the main table unless they are compared here; empty if nothing remains. */
    public String render(List<SubjectInfo> subjects) {
        List<String> measured = rows.stream().map(Row::subject).toList();
        List<SubjectInfo> shown = subjects.stream()
                .filter(subject -> measured.contains(subject.id()))
                .filter(subject -> subject.onlyOfSafety() || measured.contains(subject.plainForm()))
                .toList();
        if (shown.isEmpty()) {
            return "";
        }
        StringBuilder text = new StringBuilder();
        text.append(line("cost of safety", workload -> cells(workload.id(), "", "")));
        text.append(line("", workload -> cells("ns/op", "x plain", "garbage B")));
        for (String plain :
                shown.stream().map(SafetyTable::plainForm).distinct().toList()) {
            text.append(line(plain, workload -> cells(workload, plain, row -> 1.0)));
            shown.stream()
                    .filter(subject -> subject.plainForm().equals(plain))
                    .forEach(subject -> text.append(
                            line("  " + subject.id(), workload -> cells(workload, subject.id(), Row::toPlain))));
        }
        return text.append(footer()).toString();
    }

    private static String plainForm(SubjectInfo subject) {
        return subject.plainForm().isEmpty() ? subject.id() : subject.plainForm();
    }

    private String cells(Workload workload, String subject, Function<Row, Double> toPlain) {
        return rows.stream()
                .filter(row ->
                        row.workload().equals(workload.id()) && row.subject().equals(subject))
                .findFirst()
                .map(row -> cells(
                        Table.number(row.nanoseconds().median()),
                        Table.ratio(toPlain.apply(row)),
                        Table.garbage(row.garbageBytes())))
                .orElseGet(() -> cells(Table.NONE, Table.NONE, Table.NONE));
    }

    private static String cells(String nanoseconds, String toPlain, String garbage) {
        return String.format(Locale.ROOT, " %9s %9s %10s", nanoseconds, toPlain, garbage);
    }

    private static String line(String head, Function<Workload, String> cells) {
        StringBuilder text = new StringBuilder(String.format("  %-36s", head));
        Workload.OF_SAFETY.stream().map(cells).forEach(text::append);
        return text.toString().stripTrailing() + System.lineSeparator();
    }

    private static String footer() {
        return """
                Indented: a safer form of the subject above. x plain: its time / that of the form above, taken within
                each round; the median of the rounds. Subjects that are only in this table ran half as long.
                """;
    }
}

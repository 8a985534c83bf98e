package io.slabcache.bench.cli;

import io.slabcache.bench.catalog.Absences;
import io.slabcache.bench.catalog.Catalog;
import io.slabcache.bench.catalog.MainSet;
import io.slabcache.bench.catalog.SubjectInfo;
import io.slabcache.bench.slots.SlotSubject;
import io.slabcache.bench.workload.Workload;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The text of {@code --list}. */
final class Listing {

    private static final String LINE = "  %-34s %s%n";

    private Listing() {}

    /** Lists workloads, then subjects, then which subjects lack which workloads, and why. */
    static String of(Catalog catalog) {
        StringBuilder text = new StringBuilder("Workloads (--workload)%n".formatted());
        for (Workload workload : catalog.workloads()) {
            text.append(LINE.formatted(workload.id(), workload.about()));
        }
        text.append("%nSubjects (--subject)%n".formatted());
        for (SubjectInfo subject : catalog.subjects()) {
            text.append(LINE.formatted(subject.id(), subject.about()));
        }
        text.append("%nWhat a subject does not do, and why%n".formatted());
        new Absences(catalog)
                .lines(catalog.workloads(), catalog.subjects())
                .forEach(line -> text.append(Lines.paragraph(line)));
        text.append("%nThe main set, which runs if nothing is named%n".formatted());
        text.append(Lines.paragraph(MainSet.WORKLOADS.stream().map(Workload::id).collect(Collectors.joining(", "))));
        text.append(Lines.paragraph(
                MainSet.subjects(catalog).stream().map(SubjectInfo::id).collect(Collectors.joining(", "))));
        return text.toString();
    }

    /** Lists the subjects of {@code latency} and {@code memory}, line by line. */
    static String[] ofLoads() {
        return Stream.concat(
                        Stream.of("", "Subjects:"),
                        Arrays.stream(SlotSubject.values())
                                .map(subject -> "  %-22s %s".formatted(subject.id(), subject.about())))
                .toArray(String[]::new);
    }
}

package io.slabcache.bench.cli;

import io.slabcache.bench.catalog.Catalog;
import io.slabcache.bench.catalog.SubjectInfo;
import io.slabcache.bench.slots.SlotSubject;
import io.slabcache.bench.workload.Workload;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The text of {@code --list}. */
final class Listing {

    private static final String LINE = "  %-34s %s%n";

    private Listing() {}

    /** Lists workloads, then subjects; a subject that does not support every workload lists those that it supports. */
    static String of(Catalog catalog) {
        StringBuilder text = new StringBuilder("Workloads (--workload)%n".formatted());
        for (Workload workload : catalog.workloads()) {
            text.append(LINE.formatted(workload.id(), workload.about()));
        }
        text.append("%nSubjects (--subject)%n".formatted());
        for (SubjectInfo subject : catalog.subjects()) {
            text.append(LINE.formatted(subject.id(), subject.about() + restriction(catalog, subject)));
        }
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

    private static String restriction(Catalog catalog, SubjectInfo subject) {
        var supported = catalog.select(catalog.workloads(), List.of(subject));
        if (supported.size() == catalog.workloads().size()) {
            return "";
        }
        return supported.stream()
                .map(benchmark -> benchmark.workload().id())
                .collect(Collectors.joining(", ", " (only ", ")"));
    }
}

package io.slabcache.bench.catalog;

import io.slabcache.bench.workload.Subject;
import io.slabcache.bench.workload.Workload;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Why a subject does not have a workload. */
public final class Absences {

    /** The workloads and subjects that one reason excludes. */
    private record Excluded(Set<String> workloads, Set<String> subjects) {}

    private final Catalog catalog;

    public Absences(Catalog catalog) {
        this.catalog = catalog;
    }

    /** Returns a line for each reason why some of the subjects do not have some of the workloads. */
    public List<String> lines(List<Workload> workloads, List<SubjectInfo> subjects) {
        Map<String, Excluded> reasons = new LinkedHashMap<>();
        for (SubjectInfo subject : subjects) {
            for (Workload workload : workloads) {
                if (catalog.select(List.of(workload), List.of(subject)).isEmpty()) {
                    Excluded excluded = reasons.computeIfAbsent(
                            reason(subject, workload),
                            reason -> new Excluded(new LinkedHashSet<>(), new LinkedHashSet<>()));
                    excluded.workloads.add(workload.id());
                    excluded.subjects.add(subject.id());
                }
            }
        }
        return reasons.entrySet().stream()
                .map(reason -> "%s (%s): %s"
                        .formatted(
                                String.join(", ", reason.getValue().subjects()),
                                String.join(", ", reason.getValue().workloads()),
                                reason.getKey()))
                .toList();
    }

    /** Returns a sentence without its end. */
    static String reason(SubjectInfo subject, Workload workload) {
        if (subject.group() == Subject.Group.BOUNDED) {
            return "other workloads hold more objects than these caches have, or have no other threads before";
        }
        if (subject.onlyOfSafety()) {
            return "the cost of safety is measured in the pair and, between two threads, in the hand-over";
        }
        return switch (workload) {
            case BOUNDED_1, BOUNDED_2, BOUNDED_4, BOUNDED_8 -> bounded(subject);
            case SIZES_128, SIZES_10K ->
                subject.group() == Subject.Group.LIMIT ? subject.lacks() : "all its objects have one size";
            case SCATTERED ->
                subject.limit().equals(SubjectInfo.LIMIT) && !subject.lacks().isEmpty()
                        ? subject.lacks()
                        : "ten million references and their objects would fill the heap";
            default -> subject.lacks();
        };
    }

    private static String bounded(SubjectInfo subject) {
        return switch (subject.group()) {
            case LIMIT -> subject.lacks();
            case SLABCACHE -> "slabcache-segment and the slabcache-bound subjects stand for it";
            default -> "nothing bounds the number of its objects";
        };
    }
}

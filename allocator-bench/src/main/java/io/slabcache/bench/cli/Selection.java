package io.slabcache.bench.cli;

import io.slabcache.bench.catalog.Catalog;
import io.slabcache.bench.catalog.SubjectInfo;
import io.slabcache.bench.slots.SlotSubject;
import io.slabcache.bench.workload.Workload;
import java.util.List;
import java.util.function.BiPredicate;
import java.util.function.Function;

/** Finds the workloads and subjects that the user named, or says what is wrong with a name. */
final class Selection {

    private Selection() {}

    /** Returns all workloads if none is named. */
    static List<Workload> workloads(Catalog catalog, List<String> names) {
        return find("workload", names, catalog.workloads(), Workload::id, Workload::isNamed);
    }

    /** Returns all subjects if none is named. */
    static List<SubjectInfo> subjects(Catalog catalog, List<String> names) {
        return find(
                "subject",
                names,
                catalog.subjects(),
                SubjectInfo::id,
                (subject, name) -> subject.id().equals(name));
    }

    /** Returns the given subjects of the loads if none is named. */
    static List<SlotSubject> slotSubjects(List<String> names, List<SlotSubject> byDefault) {
        return names.isEmpty()
                ? byDefault
                : find(
                        "subject",
                        names,
                        List.of(SlotSubject.values()),
                        SlotSubject::id,
                        (subject, name) -> subject.id().equals(name));
    }

    /** Returns the contenders of a demonstration, all of them if none is named. */
    static <T> List<T> contenders(List<String> names, T[] known, Function<T, String> id) {
        return find(
                "subject",
                names,
                List.of(known),
                id,
                (one, name) -> id.apply(one).equals(name));
    }

    /** Returns the matches in the catalog's order, regardless of the order of the names. */
    private static <T> List<T> find(
            String kind, List<String> names, List<T> known, Function<T, String> id, BiPredicate<T, String> isNamed) {
        for (String name : names) {
            if (known.stream().noneMatch(one -> isNamed.test(one, name))) {
                throw new IllegalArgumentException(
                        unknown(kind, name, known.stream().map(id).toList()));
            }
        }
        return names.isEmpty()
                ? known
                : known.stream()
                        .filter(one -> names.stream().anyMatch(name -> isNamed.test(one, name)))
                        .toList();
    }

    private static String unknown(String kind, String name, List<String> ids) {
        String likely = Suggestion.nearest(name, ids)
                .map(id -> ", did you mean '" + id + "'?")
                .orElse("");
        return "unknown %s '%s'%s Expected: %s"
                .formatted(kind, name, likely.isEmpty() ? "." : likely, String.join(", ", ids));
    }
}

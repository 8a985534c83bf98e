package io.slabcache.bench.cli;

import io.slabcache.bench.catalog.Catalog;
import io.slabcache.bench.catalog.SubjectInfo;
import io.slabcache.bench.workload.Workload;
import java.util.List;
import java.util.function.Function;

/** Finds what the user named, or says what is wrong with the name. */
final class Selection {

    private Selection() {}

    /** All workloads if none is named. */
    static List<Workload> workloads(Catalog catalog, List<String> names) {
        return find("workload", names, catalog.workloads(), Workload::id);
    }

    /** All subjects if none is named. */
    static List<SubjectInfo> subjects(Catalog catalog, List<String> names) {
        return find("subject", names, catalog.subjects(), SubjectInfo::id);
    }

    /** In the catalog's order, whatever the order of the names. */
    private static <T> List<T> find(String kind, List<String> names, List<T> known, Function<T, String> id) {
        List<String> ids = known.stream().map(id).toList();
        for (String name : names) {
            if (!ids.contains(name)) {
                throw new IllegalArgumentException(unknown(kind, name, ids));
            }
        }
        return names.isEmpty()
                ? known
                : known.stream().filter(one -> names.contains(id.apply(one))).toList();
    }

    private static String unknown(String kind, String name, List<String> ids) {
        String likely = Suggestion.nearest(name, ids)
                .map(id -> ", did you mean '" + id + "'?")
                .orElse("");
        return "unknown %s '%s'%s Expected: %s"
                .formatted(kind, name, likely.isEmpty() ? "." : likely, String.join(", ", ids));
    }
}

package io.slabcache.bench.catalog;

import io.slabcache.bench.workload.Subject;
import java.util.Comparator;

/**
 * A subject of the comparison, ordered as in the table.
 *
 * @param id its name on the command line and in the results
 * @param group its part of the table
 * @param about what is measured
 */
public record SubjectInfo(String id, Subject.Group group, String about) implements Comparable<SubjectInfo> {

    private static final Comparator<SubjectInfo> ORDER =
            Comparator.comparing(SubjectInfo::group).thenComparing(SubjectInfo::id);

    @Override
    public int compareTo(SubjectInfo other) {
        return ORDER.compare(this, other);
    }
}

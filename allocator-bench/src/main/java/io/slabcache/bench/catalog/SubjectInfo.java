package io.slabcache.bench.catalog;

import io.slabcache.bench.workload.Subject;
import java.util.Comparator;

/**
 * A subject of the comparison, ordered as in the table.
 *
 * @param id its name on the command line and in the results
 * @param group its part of the table
 * @param about what is measured
 * @param plainForm the id of the same without what makes this one safer, or empty
 * @param limit the id of the limit for what it hands out
 */
public record SubjectInfo(String id, Subject.Group group, String about, String plainForm, String limit)
        implements Comparable<SubjectInfo> {

    /** The limit for addresses: what cannot be beaten. */
    public static final String LIMIT = "limit";

    /** The limit for objects, which are references: the collector takes part in each store of one. */
    public static final String LIMIT_OF_OBJECTS = "limit-segment";

    private static final Comparator<SubjectInfo> ORDER =
            Comparator.comparing(SubjectInfo::group).thenComparing(SubjectInfo::id);

    static SubjectInfo of(Subject subject, boolean handsOutObjects) {
        return new SubjectInfo(
                subject.id(),
                subject.group(),
                subject.about(),
                subject.plainForm(),
                handsOutObjects ? LIMIT_OF_OBJECTS : LIMIT);
    }

    /** Whether it is only in the table of the cost of safety. */
    public boolean onlyOfSafety() {
        return group == Subject.Group.SAFETY;
    }

    @Override
    public int compareTo(SubjectInfo other) {
        return ORDER.compare(this, other);
    }
}

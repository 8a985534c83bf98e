package io.slabcache.bench.catalog;

import io.slabcache.bench.workload.Subject;
import java.util.Comparator;

/**
 * A subject of the comparison; the natural order is that of the table.
 *
 * @param id its name on the command line and in the results
 * @param group its part of the table
 * @param about what is measured
 * @param plainForm the id of the same subject without its safety feature, or empty
 * @param lacks why it does not have the workloads that it lacks, or empty
 * @param limit the id of the limit for the kind of object that it hands out
 */
public record SubjectInfo(String id, Subject.Group group, String about, String plainForm, String lacks, String limit)
        implements Comparable<SubjectInfo> {

    /** The limit for addresses, which no allocator can beat. */
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
                subject.lacks(),
                handsOutObjects ? LIMIT_OF_OBJECTS : LIMIT);
    }

    /** Returns whether it appears only in the table of the cost of safety. */
    public boolean onlyOfSafety() {
        return group == Subject.Group.SAFETY;
    }

    @Override
    public int compareTo(SubjectInfo other) {
        return ORDER.compare(this, other);
    }
}

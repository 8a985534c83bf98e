package io.slabcache.bench.catalog;

import io.slabcache.bench.workload.Workload;
import java.util.List;

/**
 * What runs if nothing is named: the workloads that most programs have, and beside Slabcache and the limits the peers that
 * programs use most, each of another kind. The whole takes three minutes at most on two processors.
 */
public final class MainSet {

    /** The workloads. */
    public static final List<Workload> WORKLOADS = List.of(
            Workload.BURST_32,
            Workload.BURST_1000,
            Workload.REPLACE_10K,
            Workload.REPLACE_1M,
            Workload.HAND_OVER,
            Workload.PAIR);

    private static final List<String> SUBJECTS =
            List.of("limit", "slabcache-address", "slabcache-segment", "agrona-queue", "jemalloc", "netty-adaptive");

    private MainSet() {}

    /** Returns the subjects among those of a catalog. */
    public static List<SubjectInfo> subjects(Catalog catalog) {
        return catalog.subjects().stream()
                .filter(subject -> SUBJECTS.contains(subject.id()))
                .toList();
    }
}

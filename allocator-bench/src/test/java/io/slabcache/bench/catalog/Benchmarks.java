package io.slabcache.bench.catalog;

import io.slabcache.bench.workload.Subject.Group;
import io.slabcache.bench.workload.Workload;

/** Makes descriptions of benchmarks, for tests that do not run them. */
public final class Benchmarks {

    private Benchmarks() {}

    public static Benchmark of(Workload workload, String subject) {
        return of(workload, subject, group(subject), "");
    }

    public static Benchmark of(Workload workload, String subject, Group group, String plainForm) {
        String limit = subject.contains("segment") ? SubjectInfo.LIMIT_OF_OBJECTS : SubjectInfo.LIMIT;
        SubjectInfo info = new SubjectInfo(subject, group, "about " + subject, plainForm, "", limit);
        return new Benchmark(workload, info, "test." + subject + "." + workload.id());
    }

    private static Group group(String subject) {
        if (subject.startsWith("limit")) {
            return Group.LIMIT;
        }
        return subject.startsWith("slabcache") ? Group.SLABCACHE : Group.PEER;
    }
}

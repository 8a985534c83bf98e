package io.slabcache.bench.catalog;

import io.slabcache.bench.workload.ObjectPair;
import io.slabcache.bench.workload.PartOf;
import io.slabcache.bench.workload.Subject;
import io.slabcache.bench.workload.Workload;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.openjdk.jmh.runner.BenchmarkList;
import org.openjdk.jmh.runner.BenchmarkListEntry;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.VerboseMode;

/** All subjects and workloads, read from the list that JMH's annotation processor writes: a new one needs no other entry. */
public final class Catalog {

    private final List<Benchmark> benchmarks;

    Catalog(List<Benchmark> benchmarks) {
        this.benchmarks = benchmarks.stream()
                .sorted(Comparator.comparing(Benchmark::workload).thenComparing(Benchmark::subject))
                .toList();
    }

    /** Reads the catalog of this jar. */
    public static Catalog load() {
        Map<List<Object>, Entry> entries = new HashMap<>();
        var silent = OutputFormatFactory.createFormatInstance(System.out, VerboseMode.SILENT);
        for (BenchmarkListEntry listed : BenchmarkList.defaultList().getAll(silent, List.of())) {
            entry(listed)
                    .ifPresent(entry -> entries.merge(entry.key(), entry, (one, two) -> two.isOfPart() ? two : one));
        }
        return new Catalog(entries.values().stream().map(Entry::benchmark).toList());
    }

    /** Returns every subject, in the order of the table. */
    public List<SubjectInfo> subjects() {
        return benchmarks.stream().map(Benchmark::subject).distinct().sorted().toList();
    }

    /** Returns every workload, in the order of the table. */
    public List<Workload> workloads() {
        return benchmarks.stream().map(Benchmark::workload).distinct().sorted().toList();
    }

    /** Returns the benchmarks of the given workloads and subjects; a subject need not support every workload. */
    public List<Benchmark> select(List<Workload> workloads, List<SubjectInfo> subjects) {
        return benchmarks.stream()
                .filter(benchmark -> workloads.contains(benchmark.workload()) && subjects.contains(benchmark.subject()))
                .toList();
    }

    private static Optional<Entry> entry(BenchmarkListEntry listed) {
        String method = listed.getUsername();
        Class<?> type = subjectClass(listed.getUserClassQName());
        PartOf part = type.getAnnotation(PartOf.class);
        Class<?> whole = part == null ? type : part.value();
        Subject subject = whole.getAnnotation(Subject.class);
        if (subject == null) {
            return Optional.empty();
        }
        SubjectInfo info = SubjectInfo.of(subject, ObjectPair.class.isAssignableFrom(whole));
        return Workload.ofMethod(method)
                .filter(workload -> part == null || List.of(part.workloads()).contains(workload))
                .filter(workload -> !List.of(subject.without()).contains(workload))
                .filter(workload -> !info.onlyOfSafety() || Workload.OF_SAFETY.contains(workload))
                .map(workload -> new Entry(new Benchmark(workload, info, method), part != null));
    }

    /** A benchmark, and whether it is of a part, which counts more than one of the whole. */
    private record Entry(Benchmark benchmark, boolean isOfPart) {

        /** What is measured, however many classes have it. */
        List<Object> key() {
            return List.of(benchmark.workload(), benchmark.subject());
        }
    }

    /** Loads the class without initializing it: that would start the allocator in this JVM. */
    private static Class<?> subjectClass(String name) {
        try {
            return Class.forName(name, false, Catalog.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException("listed by JMH, but not in the jar: " + name, e);
        }
    }
}

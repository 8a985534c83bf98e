package io.slabcache.bench.catalog;

import io.slabcache.bench.workload.ObjectPair;
import io.slabcache.bench.workload.Subject;
import io.slabcache.bench.workload.Workload;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
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
        List<Benchmark> benchmarks = new ArrayList<>();
        var silent = OutputFormatFactory.createFormatInstance(System.out, VerboseMode.SILENT);
        for (BenchmarkListEntry entry : BenchmarkList.defaultList().getAll(silent, List.of())) {
            benchmark(entry).ifPresent(benchmarks::add);
        }
        return new Catalog(benchmarks);
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

    private static Optional<Benchmark> benchmark(BenchmarkListEntry entry) {
        String method = entry.getUsername();
        Class<?> type = subjectClass(entry.getUserClassQName());
        Subject subject = type.getAnnotation(Subject.class);
        if (subject == null) {
            return Optional.empty();
        }
        String name = method.substring(method.lastIndexOf('.') + 1);
        SubjectInfo info = SubjectInfo.of(subject, ObjectPair.class.isAssignableFrom(type));
        return Arrays.stream(Workload.values())
                .filter(workload -> workload.id().equals(name))
                .filter(workload -> !info.onlyOfSafety() || Workload.OF_SAFETY.contains(workload))
                .map(workload -> new Benchmark(workload, info, method))
                .findFirst();
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

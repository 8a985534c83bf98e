package io.slabcache.bench.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slabcache.bench.workload.Workload;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CatalogTest {

    private final Catalog catalog = Catalog.load();

    @Test
    void everyWorkloadHasABenchmark() {
        assertEquals(Arrays.asList(Workload.values()), catalog.workloads());
    }

    @Test
    void everySubjectHasOneIdAndTheLimitComesFirst() {
        List<String> ids = catalog.subjects().stream().map(SubjectInfo::id).toList();
        assertEquals("limit", ids.getFirst());
        assertEquals(ids.size(), new HashSet<>(ids).size());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "slabcache-segment",
                "slabcache-address",
                "slabcache-address-unchecked",
                "slabcache-locked",
                "netty-adaptive",
                "netty-pooled",
                "malloc",
                "jemalloc",
            })
    void threadsOfTheseMayComeAndGo(String subject) {
        assertEquals(catalog.workloads(), workloadsOf(subject));
    }

    @ParameterizedTest
    @ValueSource(strings = {"rpmalloc", "agrona-queue", "jctools-queue"})
    void theseAreForThreadsThatAreKnownBefore(String subject) {
        List<Workload> others = new ArrayList<>(catalog.workloads());
        others.removeAll(List.of(Workload.PLATFORM, Workload.VIRTUAL));
        assertEquals(others, workloadsOf(subject));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "slabcache-local-segment",
                "slabcache-local-address",
                "slabcache-local-address-unchecked",
                "arena-confined",
            })
    void onlyTheOwnerMayFreeWhatTheseHandOut(String subject) {
        assertEquals(List.of(Workload.PAIR, Workload.BATCH_64, Workload.BATCH_1000), workloadsOf(subject));
    }

    @Test
    void selectsInTheOrderOfTheTable() {
        List<SubjectInfo> subjects = catalog.subjects().stream()
                .filter(subject -> subject.id().equals("malloc") || subject.id().equals("limit"))
                .toList();
        List<Benchmark> selected = catalog.select(List.of(Workload.HAND_OVER, Workload.PAIR), subjects);
        assertEquals(
                List.of("Limit.pair", "Malloc.pair", "Limit.handover", "Malloc.handover"),
                selected.stream()
                        .map(benchmark -> benchmark.method().replaceFirst(".*\\.subject\\.", ""))
                        .toList());
    }

    private List<Workload> workloadsOf(String subject) {
        List<SubjectInfo> subjects = catalog.subjects().stream()
                .filter(one -> one.id().equals(subject))
                .toList();
        assertTrue(!subjects.isEmpty(), subject + " is missing");
        return catalog.select(catalog.workloads(), subjects).stream()
                .map(Benchmark::workload)
                .toList();
    }
}

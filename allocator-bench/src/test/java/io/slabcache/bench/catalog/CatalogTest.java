package io.slabcache.bench.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slabcache.bench.run.Plan;
import io.slabcache.bench.run.Settings;
import io.slabcache.bench.workload.Workload;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The catalog finds all subjects and workloads. Each subject has the workloads that it supports, and is compared with
 * the right limit and plain form.
 */
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
            strings = {"limit", "slabcache-address", "slabcache-address-unchecked", "malloc", "jemalloc", "mimalloc"})
    void theseSubjectsSupportEveryWorkload(String subject) {
        assertEquals(allBut(), unboundedOf(subject));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"slabcache-unbounded", "slabcache-bound-1024", "slabcache-bound-4096", "slabcache-bound-16384"})
    void boundedCachesRunOnlyTheirOwnWorkloads(String subject) {
        assertEquals(
                List.of(Workload.BOUNDED_1, Workload.BOUNDED_2, Workload.BOUNDED_4, Workload.BOUNDED_8),
                workloadsOf(subject));
    }

    @ParameterizedTest
    @ValueSource(strings = {"slabcache-segment", "slabcache-netty", "netty-adaptive", "netty-pooled"})
    void theseSubjectsDoNotScatterBecauseTenMillionObjectsWouldFillTheHeap(String subject) {
        assertEquals(allBut(Workload.SCATTERED), unboundedOf(subject));
    }

    @ParameterizedTest
    @ValueSource(strings = {"agrona-queue", "jctools-queue"})
    void queuesDoNotServeRequestsOfNewThreads(String subject) {
        assertEquals(allOfOneSizeBut(Workload.SCATTERED, Workload.PLATFORM, Workload.VIRTUAL), unboundedOf(subject));
    }

    private List<Workload> allBut(Workload... left) {
        List<Workload> others = new ArrayList<>(catalog.workloads());
        others.removeIf(workload -> workload.isNamed("bounded"));
        others.removeAll(List.of(left));
        return others;
    }

    /** Those of a subject whose objects have one size. */
    private List<Workload> allOfOneSizeBut(Workload... left) {
        List<Workload> others = allBut(left);
        others.removeIf(workload -> workload.isNamed("sizes"));
        return others;
    }

    private List<String> subjectsOf(Workload workload) {
        return catalog.select(List.of(workload), catalog.subjects()).stream()
                .map(benchmark -> benchmark.subject().id())
                .toList();
    }

    @Test
    void mixedSizesAreForAllocators() {
        List<String> allocators = List.of(
                "limit",
                "slabcache-address",
                "slabcache-address-unchecked",
                "slabcache-netty",
                "slabcache-segment",
                "allocate-direct",
                "arena-auto",
                "arena-confined",
                "arena-shared",
                "arrow",
                "jemalloc",
                "malloc",
                "mimalloc",
                "netty-adaptive",
                "netty-pooled",
                "rpmalloc");
        assertEquals(allocators, subjectsOf(Workload.SIZES_128));
        assertEquals(allocators, subjectsOf(Workload.SIZES_10K));
    }

    @Test
    void aBoundIsForPoolsAndForTheLimits() {
        List<String> pools = List.of(
                "limit",
                "limit-segment",
                "slabcache-segment",
                "agrona-queue",
                "jctools-queue",
                "stormpot",
                "slabcache-bound-1024",
                "slabcache-bound-16384",
                "slabcache-bound-4096",
                "slabcache-unbounded");
        for (Workload workload :
                List.of(Workload.BOUNDED_1, Workload.BOUNDED_2, Workload.BOUNDED_4, Workload.BOUNDED_8)) {
            assertEquals(pools, subjectsOf(workload));
        }
    }

    @Test
    void aPartCountsWhereTheWholeHasTheWorkloadToo() {
        Benchmark burst = catalog.select(List.of(Workload.BURST_32), List.of(subject("limit")))
                .getFirst();
        assertTrue(burst.method().endsWith(".LimitOfBursts.burst32"), burst.method());
        assertEquals(
                1,
                catalog.select(List.of(Workload.BATCH_64), List.of(subject("limit")))
                        .size());
    }

    @Test
    void theMainSetIsWholeAndShort() {
        List<Benchmark> main = catalog.select(MainSet.WORKLOADS, MainSet.subjects(catalog));
        assertEquals(6 * 6, main.size());
        Plan plan = Plan.of(Settings.STANDARD, main);
        assertTrue(plan.millis() < 170_000, () -> plan.millis() + " ms");
        assertTrue(Settings.STANDARD.iterations() * Settings.STANDARD.iterationMillis() >= 500);
    }

    @Test
    void whatASubjectLacksHasAReason() {
        for (Workload workload : catalog.workloads()) {
            for (SubjectInfo subject : catalog.subjects()) {
                if (catalog.select(List.of(workload), List.of(subject)).isEmpty()) {
                    assertTrue(
                            Absences.reason(subject, workload).length() > 20, subject.id() + " under " + workload.id());
                }
            }
        }
    }

    @Test
    void eachSubjectIsComparedWithTheLimitOfItsKind() {
        assertEquals("limit", subject("slabcache-address").limit());
        assertEquals("limit", subject("malloc").limit());
        assertEquals("limit-segment", subject("slabcache-segment").limit());
        assertEquals("limit-segment", subject("netty-adaptive").limit());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "slabcache-bulk-address",
                "slabcache-bulk-address-unchecked",
                "slabcache-local-address",
                "slabcache-local-address-unchecked"
            })
    void theseSubjectsAreNotMeasuredWithManyThreads(String subject) {
        assertEquals(
                allOfOneSizeBut(Workload.CONTENDED, Workload.OVERSUBSCRIBED, Workload.PLATFORM, Workload.VIRTUAL),
                workloadsOf(subject));
    }

    @Test
    void theSegmentsOfTwoLocalCachesAreOnlyHandedOver() {
        assertEquals(
                allOfOneSizeBut(
                        Workload.CONTENDED,
                        Workload.OVERSUBSCRIBED,
                        Workload.PLATFORM,
                        Workload.VIRTUAL,
                        Workload.SCATTERED),
                workloadsOf("slabcache-local-segment"));
    }

    @Test
    void onlyTheOwnerMayCloseAConfinedArena() {
        assertEquals(
                List.of(
                        Workload.BURST_32,
                        Workload.BURST_1000,
                        Workload.REPLACE_10K,
                        Workload.REPLACE_1M,
                        Workload.SIZES_128,
                        Workload.SIZES_10K,
                        Workload.BATCH_64,
                        Workload.BATCH_1000,
                        Workload.PAIR),
                workloadsOf("arena-confined"));
    }

    @Test
    void safetySubjectsRunThePairAndTheHandOver() {
        assertEquals(List.of(Workload.HAND_OVER, Workload.PAIR), workloadsOf("netty-leaks-simple"));
        assertEquals(List.of(Workload.HAND_OVER, Workload.PAIR), workloadsOf("slabcache-segment-unchecked"));
        assertEquals(List.of(Workload.PAIR), workloadsOf("slabcache-debug-sanity"));
    }

    /** Two levels only: a plain form has no plain form itself. */
    @Test
    void everyPlainFormIsASubjectAndPlain() {
        for (String plain : plainForms()) {
            assertEquals("", subject(plain).plainForm(), plain);
        }
    }

    @Test
    void everySafetySubjectIsInTheSafetyTable() {
        for (SubjectInfo subject : catalog.subjects()) {
            assertTrue(
                    !subject.onlyOfSafety()
                            || !subject.plainForm().isEmpty()
                            || plainForms().contains(subject.id()),
                    subject.id());
        }
    }

    @Test
    void selectsInTheOrderOfTheTable() {
        List<SubjectInfo> subjects = catalog.subjects().stream()
                .filter(subject -> subject.id().equals("malloc") || subject.id().equals("limit"))
                .toList();
        List<Benchmark> selected = catalog.select(List.of(Workload.HAND_OVER, Workload.PAIR), subjects);
        assertEquals(
                List.of("Limit.handover", "Malloc.handover", "Limit.pair", "Malloc.pair"),
                selected.stream()
                        .map(benchmark -> benchmark.method().replaceFirst(".*\\.subject\\.", ""))
                        .toList());
    }

    private List<String> plainForms() {
        return catalog.subjects().stream()
                .map(SubjectInfo::plainForm)
                .filter(plain -> !plain.isEmpty())
                .toList();
    }

    private SubjectInfo subject(String id) {
        return catalog.subjects().stream()
                .filter(one -> one.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new AssertionError(id + " is missing"));
    }

    private List<Workload> unboundedOf(String subject) {
        return workloadsOf(subject).stream()
                .filter(workload -> !workload.isNamed("bounded"))
                .toList();
    }

    private List<Workload> workloadsOf(String subject) {
        return catalog.select(catalog.workloads(), List.of(subject(subject))).stream()
                .map(Benchmark::workload)
                .toList();
    }
}

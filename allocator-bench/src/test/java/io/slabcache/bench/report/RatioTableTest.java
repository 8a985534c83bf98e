package io.slabcache.bench.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.slabcache.bench.catalog.Benchmarks;
import io.slabcache.bench.catalog.SubjectInfo;
import io.slabcache.bench.workload.Workload;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The table of ratios shows a verdict for the forms of Slabcache, and plain numbers for the other subjects. */
class RatioTableTest {

    private static final List<SubjectInfo> SUBJECTS = List.of(
            Benchmarks.of(Workload.PAIR, "limit").subject(),
            Benchmarks.of(Workload.PAIR, "slabcache-address").subject(),
            Benchmarks.of(Workload.PAIR, "malloc").subject());

    @Test
    void judgesTheFormsOfSlabcacheOnly() {
        String table = new RatioTable(List.of(
                        new Ratio("handover", "ns - ring", "slabcache-address", -8.8, "<= 10.0", true),
                        new Ratio("virtual", "/ platform", "slabcache-address", 0.456, ">= 0.5", false),
                        new Ratio("virtual", "/ platform", "malloc", 0.4, ">= 0.5", false)))
                .render(SUBJECTS);
        assertEquals(
                List.of(
                        "ratios batch64 batch1000 scattered handover contended oversubscribed virtual",
                        "/ pair / pair / limit ns - ring / limit's / contended / platform",
                        "target <= 1.5 <= 1.5 <= 2.0 <= 10.0 >= 0.9 >= 0.8 >= 0.5",
                        "limit - - - - - - -",
                        "slabcache-address - - - -8.80 met - - 0.46 not",
                        "malloc - - - - - - 0.40"),
                table.lines()
                        .map(line -> line.strip().replaceAll(" +", " "))
                        .limit(6)
                        .toList());
    }

    @Test
    void isNotShownWhereThereAreNoRatios() {
        assertEquals("", new RatioTable(List.of()).render(SUBJECTS));
    }
}

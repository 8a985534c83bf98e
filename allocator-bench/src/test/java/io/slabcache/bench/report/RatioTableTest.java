package io.slabcache.bench.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
                        new Ratio("handover", "ns - ring", "slabcache-address", -8.8, null, "<= 10.0", true, true),
                        new Ratio(
                                "virtual",
                                "/ platform",
                                "slabcache-address",
                                0.456,
                                new Interval(0.4, 0.47),
                                ">= 0.5",
                                false,
                                true),
                        new Ratio("virtual", "/ platform", "malloc", 0.4, null, ">= 0.5", false, true)))
                .render(SUBJECTS, false);
        assertEquals(
                List.of(
                        "handover ns - ring, target <= 10.0",
                        "slabcache-address -8.80 met",
                        "virtual / platform, target >= 0.5",
                        "slabcache-address 0.46 0.40 to 0.47 not met",
                        "malloc 0.40"),
                table.lines()
                        .map(line -> line.strip().replaceAll(" +", " "))
                        .limit(5)
                        .toList());
    }

    @Test
    void eachFormStandsUnderItsOwnTargetAndOnlyThatIsExplained() {
        String table = new RatioTable(List.of(
                        new Ratio("pair", "/ limit", "slabcache-address", 3.5, null, "<= 4.0", true, true),
                        new Ratio("pair", "/ limit", "malloc", 2.5, null, "<= 3.0", true, true)))
                .render(SUBJECTS, false);
        assertEquals(
                List.of(
                        "pair / limit, target <= 3.0",
                        "malloc 2.50",
                        "pair / limit, target <= 4.0",
                        "slabcache-address 3.50 met"),
                table.lines()
                        .map(line -> line.strip().replaceAll(" +", " "))
                        .limit(4)
                        .toList());
        assertTrue(table.contains("/ limit, / limit-segment: time"), table);
        assertFalse(table.contains("virtual: "), table);
        assertTrue(table.lines().allMatch(line -> line.length() <= 100), table);
    }

    @Test
    void judgesNothingOnANoisyMachine() {
        String table = new RatioTable(List.of(
                        new Ratio("handover", "ns - ring", "slabcache-address", -8.8, null, "<= 10.0", true, true)))
                .render(SUBJECTS, true);
        assertTrue(table.contains("-8.80"), table);
        assertFalse(table.lines().anyMatch(line -> line.endsWith("met")), table);
    }

    @Test
    void isNotShownWhereThereAreNoRatios() {
        assertEquals("", new RatioTable(List.of()).render(SUBJECTS, false));
    }
}

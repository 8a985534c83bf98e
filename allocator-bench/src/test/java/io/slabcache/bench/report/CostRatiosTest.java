package io.slabcache.bench.report;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The ratios of the slow path and of bursts are taken within a round; their median is compared with the target. */
class CostRatiosTest {
    private static Map<String, Double> round(double lockedPair) {
        Map<String, Double> round = new HashMap<>();
        round.put("lockedPair", lockedPair);
        round.put("twoLockSections", 10.0);
        round.put("burst24", 100.0);
        round.put("burst24Swapping", 190.0);
        round.put("burst64", 300.0);
        round.put("burst64Exchanging", 460.0);
        for (int burst : new int[] {32, 500, 1000, 5000}) {
            for (String name : List.of(
                    "limit", "limitSegments", "checked", "unchecked", "bulkChecked", "bulkUnchecked", "segments")) {
                round.put(name + " " + burst, name.startsWith("limit") ? 2.0 * burst : 3.0 * burst);
            }
        }
        for (int size : new int[] {256, 2048, 4096}) {
            round.put("headersColoured " + size, 20.0);
            round.put("headersPacked " + size, size == 4096 ? 19.0 : 20.0);
        }
        return round;
    }

    private static void assertShown(String table, String row) {
        assertTrue(table.lines().anyMatch(line -> line.strip().matches(row)), table);
    }

    @Test
    void aRatioBelowItsTargetIsMet() {
        String table = CostRatios.render(List.of(round(30)));
        assertShown(table, "lockless\\(false\\), pair / two lock sections +30.00 +3.00 +<= 4.0 +met");
        assertShown(table, "swap of magazines, in ns +30.00 +30.00 +<= 30.0 +met");
        assertShown(table, "burst of 5000, checked / limit +3.00 +1.50 +<= 2.0 +met");
        assertShown(table, "headers of 2048 bytes, coloured / packed +20.00 +1.00 +<= 1.0 +met");
        assertShown(table, "burst of 32, segments / limitSegments +3.00 +1.50 +<= 1.5 +met");
    }

    @Test
    void aRatioAboveItsTargetIsNot() {
        String table = CostRatios.render(List.of(round(41)));
        assertShown(table, "lockless\\(false\\), pair / two lock sections +41.00 +4.10 +<= 4.0 +not");
        assertShown(table, "exchange with the depot, swap / lock section +40.00 +8.00 +<= 5.0 +not");
        assertShown(table, "headers of 4096 bytes, coloured / packed +20.00 +1.05 +<= 1.0 +not");
        assertShown(table, "burst of 500, bulkUnchecked / limit +3.00 +1.50 +<= 1.3 +not");
    }

    @Test
    void theMedianOfTheRoundsCounts() {
        String table = CostRatios.render(List.of(round(90), round(20), round(30)));
        assertShown(table, "lockless\\(false\\), pair / two lock sections +30.00 +3.00 +<= 4.0 +met");
    }

    @Test
    void aStepThatTakesLessThanNothingIsNoMeasurement() {
        Map<String, Double> noisy = round(30);
        noisy.put("burst24Swapping", 99.0);
        String table = CostRatios.render(List.of(noisy));
        assertShown(table, "swap of magazines, in ns +-0.33 +-0.33 +<= 30.0 +noise");
    }
}

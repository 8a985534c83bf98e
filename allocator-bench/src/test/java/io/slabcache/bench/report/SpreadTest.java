package io.slabcache.bench.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

/** The median and the quartiles of a list of numbers; one outlier does not move them. */
class SpreadTest {

    @Test
    void ofOneNumberIsThatNumber() {
        assertEquals(new Spread(3, 3, 3), Spread.of(List.of(3.0)));
    }

    @Test
    void interpolatesBetweenTwoNumbers() {
        assertEquals(new Spread(1.75, 2.5, 3.25), Spread.of(List.of(4.0, 1.0, 3.0, 2.0)));
    }

    @Test
    void aSingleOutlierDoesNotMoveIt() {
        assertEquals(new Spread(2, 3, 4), Spread.of(List.of(1.0, 2.0, 3.0, 4.0, 1_000.0)));
    }
}

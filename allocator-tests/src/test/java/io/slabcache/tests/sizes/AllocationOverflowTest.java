package io.slabcache.tests.sizes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slabcache.tests.support.InAnotherJvm;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * An allocation from a magazine takes its object as the last step, so an overflow of the stack loses none. Beyond, it may
 * lose the object in transit, but leaves the magazines in order.
 */
@InAnotherJvm
class AllocationOverflowTest extends OverflowContract {
    private static final int WAYS = 8;

    /** Without a compiler, each call has a frame of its own where the stack may end. */
    @ParameterizedTest
    @ValueSource(strings = {"-Xint", "-Xmixed"})
    void nothingIsLost(String option) {
        List<String> found = run(AllocationOverflows.class, "good", option);
        assertEquals(WAYS, found.size(), found::toString);
        assertTrue(found.getLast().matches("swaps: overflows \\d{3,}, lost \\d+"), found::toString);
        for (String line : found.subList(0, WAYS - 1)) {
            assertTrue(line.matches(".*: overflows \\d{3,}, lost 0"), line);
        }
    }

    @Test
    void aCallAfterTheObjectWasTakenIsCaught() {
        List<String> found = run(AllocationOverflows.class, "bad", "-Xint");
        assertTrue(found.getFirst().matches("sized address: .*, lost [1-9].*"), found::toString);
    }
}

package io.slabcache.internal.magazine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/**
 * The number of full magazines that a depot keeps grows when some were refused and others were missing. It shrinks when
 * magazines lie untouched.
 */
class WorkingSetTest {
    private static final int SIZE = 10;

    private final WorkingSet set = new WorkingSet(2, 8);

    @Test
    void itAcceptsUpToItsLimit() {
        assertTrue(set.accepts(2 * SIZE - 1, SIZE));
        assertFalse(set.accepts(2 * SIZE, SIZE));
    }

    @Test
    void smallMagazinesFillItAsLargeOnesDo() {
        assertTrue(set.accepts(19, SIZE));
        assertFalse(set.accepts(20, SIZE));
        assertTrue(set.accepts(20, SIZE + 1), "once larger ones are being made");
    }

    @Test
    void theLimitGrowsOnlyAfterRefusalsAndMisses() {
        set.accepts(2 * SIZE, SIZE);
        set.adapt(2 * SIZE, SIZE);
        assertEquals(2 * SIZE, set.limit(SIZE), "refused only: no thread wanted more");
        set.asked(false, 0);
        set.adapt(0, SIZE);
        assertEquals(2 * SIZE, set.limit(SIZE), "missed only: no thread had more to give");
        for (int expected : new int[] {4, 8, 8}) {
            set.accepts(set.limit(SIZE), SIZE);
            set.asked(false, 0);
            set.adapt(0, SIZE);
            assertEquals(expected * SIZE, set.limit(SIZE));
        }
    }

    @Test
    void theLimitShrinksByHalfOfTheUntouchedMagazines() {
        for (int i = 0; i < 2; i++) {
            set.accepts(set.limit(SIZE), SIZE);
            set.asked(false, 0);
            set.adapt(8 * SIZE, SIZE);
        }
        assertEquals(8 * SIZE, set.limit(SIZE));
        set.asked(true, 5 * SIZE);
        set.adapt(8 * SIZE, SIZE);
        assertEquals(5 * SIZE, set.limit(SIZE));
        set.asked(true, 0);
        set.adapt(5 * SIZE, SIZE);
        assertEquals(5 * SIZE, set.limit(SIZE), "all were needed");
        set.adapt(5 * SIZE, SIZE);
        assertEquals(2 * SIZE, set.limit(SIZE), "a period without visits");
    }
}

package io.slabcache.internal.magazine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class WorkingSetTest {
    private final WorkingSet set = new WorkingSet(2, 8);

    @Test
    void itAcceptsUpToItsLimit() {
        assertTrue(set.accepts(1));
        assertFalse(set.accepts(2));
    }

    @Test
    void itGrowsOnlyIfSomeWereRefusedAndOthersMissed() {
        set.accepts(2);
        set.adapt(2);
        assertEquals(2, set.limit(), "refused only: nobody wanted more");
        set.asked(false, 0);
        set.adapt(0);
        assertEquals(2, set.limit(), "missed only: nobody had more to give");
        for (int expected : new int[] {4, 8, 8}) {
            set.accepts(set.limit());
            set.asked(false, 0);
            set.adapt(0);
            assertEquals(expected, set.limit());
        }
    }

    @Test
    void itGivesUpHalfOfWhatNobodyTouchedInAPeriod() {
        for (int i = 0; i < 2; i++) {
            set.accepts(set.limit());
            set.asked(false, 0);
            set.adapt(8);
        }
        assertEquals(8, set.limit());
        set.asked(true, 5);
        set.adapt(8);
        assertEquals(5, set.limit());
        set.asked(true, 0);
        set.adapt(5);
        assertEquals(5, set.limit(), "all were needed");
        set.adapt(5);
        assertEquals(2, set.limit(), "nobody came");
    }
}

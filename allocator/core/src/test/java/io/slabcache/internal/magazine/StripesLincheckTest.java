package io.slabcache.internal.magazine;

import io.slabcache.internal.util.Lincheck;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A stripe has one holder at a time, and a thread that finds it free gets it. Lincheck checks that. It must catch a
 * read and a write in place of the compare-and-set.
 */
class StripesLincheckTest {
    @ParameterizedTest
    @EnumSource
    void aStripeHasOneHolderAtATime(Lincheck lincheck) {
        lincheck.assertLinearizable(StripesOperations.class, OneHolder.class);
    }

    @Test
    void aStripeTakenAfterALookIsFound() {
        Lincheck.MODEL_CHECKING.assertCaught(LookThenTake.class, OneHolder.class);
    }

    /** The sequential specification of a stripe. */
    public static class OneHolder {
        private static final int NONE = -1;

        private int holder = NONE;

        public boolean hold(int owner) {
            boolean free = holder == NONE;
            holder = free ? owner : holder;
            return free;
        }

        public boolean release(int owner) {
            boolean held = holder == owner;
            holder = held ? NONE : holder;
            return held;
        }
    }

    /** Known bad: two writes in place of one compare-and-set. */
    public static class LookThenTake extends StripesOperations {
        @Override
        ThreadCache take() {
            ThreadCache stripe = stripes.all().getFirst();
            if (stripe.held != 0) {
                return null;
            }
            stripe.held = 1;
            return stripe;
        }
    }
}

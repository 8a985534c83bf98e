package io.slabcache.internal.magazine;

import io.slabcache.internal.util.Lincheck;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Threads that share stripes lose no object, and no object has two owners: Lincheck compares them with {@link
 * AmpleObjects}. It must catch a free to a stripe that the caller does not hold.
 */
class StripedPathLincheckTest {
    @ParameterizedTest
    @EnumSource
    void threadsOnStripesConserveEveryObject(Lincheck lincheck) {
        lincheck.assertLinearizable(StripedPathOperations.class, AmpleObjects.class);
    }

    @Test
    void aStripeThatIsUsedWithoutBeingHeldIsFound() {
        Lincheck.MODEL_CHECKING.assertCaught(WithoutHolding.class, AmpleObjects.class);
    }

    /** Known bad: frees use a stripe that the caller does not hold. */
    public static class WithoutHolding extends StripedPathOperations {
        @Override
        void giveBack(long address) {
            ThreadCache stripe = path.all().getFirst();
            if (!stripe.swapToPush() || !stripe.push(address)) {
                path.free(address);
            }
        }
    }
}

package io.slabcache.internal.magazine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.slabcache.internal.util.ForgetfulLock;
import io.slabcache.internal.util.Lincheck;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Magazines that grow while they are exchanged lose no object and hand none out twice, and grow for all at once. */
@Tag("lincheck")
class GrowthLincheckTest {
    /** What a depot does for one thread is what other tests look at; here it is what many threads have to see. */
    @ParameterizedTest
    @EnumSource
    void aDepotThatGrowsDoesForManyThreadsWhatItDoesForOne(Lincheck lincheck) {
        lincheck.assertLinearizable(GrowthOperations.class, GrowthOperations.class);
    }

    @Test
    void pouringWithoutTheLockIsFound() {
        Lincheck.MODEL_CHECKING.assertCaught(ForgetfulPouring.class, GrowthOperations.class);
    }

    @Test
    void theMagazinesGrowAndAreFilledFromSmallerOnes() {
        GrowthOperations operations = new GrowthOperations();
        assertEquals(GrowthOperations.SMALL, operations.give(0));
        assertEquals(GrowthOperations.LARGE, operations.give(0));
        assertEquals(List.of(7L), operations.take(0), "of a small magazine");
        assertEquals(List.of(8L), operations.take(0), "of another one");
        assertEquals(GrowthOperations.LARGE, operations.give(0), "filled with both");
        assertEquals(List.of(8L, 7L), operations.take(0));
        operations.validate();
    }

    /** Known bad: where a small magazine may have to be poured into a larger one, the lock is forgotten. */
    public static class ForgetfulPouring extends GrowthOperations {
        private final ForgetfulLock lock = ForgetfulLock.at(depot, "lock", "lock");

        @Override
        Magazine exchangeForFull(Magazine empty) {
            return empty.queue.length == SMALL
                    ? super.exchangeForFull(empty)
                    : lock.forgottenIn(() -> super.exchangeForFull(empty));
        }
    }
}

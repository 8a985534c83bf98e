package io.slabcache.internal.magazine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.slabcache.internal.util.ForgetfulLock;
import io.slabcache.internal.util.Lincheck;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Exchanging magazines of different sizes neither loses an object nor hands one out twice: Lincheck compares concurrent
 * calls with sequential ones. It must catch a depot that pours objects without its lock.
 */
class MixedSizesLincheckTest {
    /** Other tests check a depot in one thread; this one checks that many threads see the same behaviour. */
    @ParameterizedTest
    @EnumSource
    void aDepotOfDifferentSizesDoesForManyThreadsWhatItDoesForOne(Lincheck lincheck) {
        lincheck.assertLinearizable(MixedSizesOperations.class, MixedSizesOperations.class);
    }

    @Test
    void pouringWithoutTheLockIsFound() {
        Lincheck.MODEL_CHECKING.assertCaught(ForgetfulPouring.class, MixedSizesOperations.class);
    }

    @Test
    void objectsArePouredIntoMagazinesOfAnotherSize() {
        MixedSizesOperations operations = new MixedSizesOperations();
        int small = 0;
        int large = 1;
        assertEquals(List.of(6L), operations.take(large), "the object of a small magazine");
        assertEquals(MixedSizesOperations.LARGE, operations.give(large));
        assertEquals(1, operations.take(small).size(), "one of the two in a large magazine");
        assertEquals(1, operations.take(small).size(), "the other object");
        assertEquals(MixedSizesOperations.SMALL, operations.give(small));
        operations.validate();
    }

    /** Known bad: does not take the lock when it may have to pour a small magazine into a larger one. */
    public static class ForgetfulPouring extends MixedSizesOperations {
        private final ForgetfulLock lock = ForgetfulLock.at(depot, "lock", "lock");

        @Override
        Magazine exchangeForFull(Magazine empty) {
            return empty.queue.length == SMALL
                    ? super.exchangeForFull(empty)
                    : lock.forgottenIn(() -> super.exchangeForFull(empty));
        }
    }
}

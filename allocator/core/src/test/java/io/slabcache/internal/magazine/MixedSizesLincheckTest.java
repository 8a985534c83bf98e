package io.slabcache.internal.magazine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.slabcache.internal.util.ForgetfulLock;
import io.slabcache.internal.util.Lincheck;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Magazines of different sizes that are exchanged lose no object and hand none out twice. */
@Tag("lincheck")
class MixedSizesLincheckTest {
    /** What a depot does for one thread is what other tests look at; here it is what many threads have to see. */
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
        assertEquals(List.of(6L), operations.take(large), "of a small magazine");
        assertEquals(MixedSizesOperations.LARGE, operations.give(large));
        assertEquals(1, operations.take(small).size(), "one of the two in a large magazine");
        assertEquals(1, operations.take(small).size(), "the other one");
        assertEquals(MixedSizesOperations.SMALL, operations.give(small));
        operations.validate();
    }

    /** Known bad: where a small magazine may have to be poured into a larger one, the lock is forgotten. */
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

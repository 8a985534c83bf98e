package io.slabcache.internal.magazine;

import io.slabcache.internal.util.Lincheck;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Threads that exchange magazines lose no object, and no object has two owners: Lincheck compares them with {@link
 * AmpleObjects}. It must catch two threads that share their magazines.
 */
class ExchangeLincheckTest {
    @ParameterizedTest
    @EnumSource
    void threadsThatExchangeMagazinesConserveEveryObject(Lincheck lincheck) {
        lincheck.assertLinearizable(ExchangeOperations.class, AmpleObjects.class);
    }

    @Test
    void threadsThatShareMagazinesAreFound() {
        Lincheck.MODEL_CHECKING.assertCaught(SharedMagazines.class, AmpleObjects.class);
    }

    /** Known bad: magazines with two owners. */
    public static class SharedMagazines extends ExchangeOperations {
        private final ThreadCache shared = layer.own();

        @Override
        ThreadCache cache() {
            return shared;
        }
    }
}

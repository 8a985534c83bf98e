package io.slabcache.internal.magazine;

import io.slabcache.internal.util.ForgetfulLock;
import io.slabcache.internal.util.Lincheck;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Only the owner of a spare object allocates it, though all threads may read it, and after the owner's death it is
 * collected once. Lincheck checks that. It must catch a reader that takes the object out, and two threads that collect
 * the same dead thread.
 */
class SpareLincheckTest {
    @ParameterizedTest
    @EnumSource
    void threadsWithSpareObjectsConserveEveryObject(Lincheck lincheck) {
        lincheck.assertLinearizable(SpareOperations.class, SpareObjects.class);
    }

    @Test
    void aReaderThatTakesTheObjectOutForALookIsFound() {
        Lincheck.MODEL_CHECKING.assertCaught(LookingByTaking.class, SpareObjects.class);
    }

    @Test
    void twoThreadsThatCollectTheSameDeadThreadAreFound() {
        Lincheck.MODEL_CHECKING.assertCaught(ForgetfulCollection.class, SpareObjects.class);
    }

    /**
     * The sequential specification. The objects of dead threads are free; no caller can observe when they were
     * collected.
     */
    public static class SpareObjects extends AmpleObjects {
        public void leaveBehind(int owner) {}

        public void look() {}
    }

    /** Known bad: statistics that change what they count. */
    public static class LookingByTaking extends SpareOperations {
        @Override
        long see(ThreadCache cache) {
            long address = cache.releaseSpare();
            if (address != 0) {
                cache.keepSpare(slab(address), address);
            }
            return address;
        }
    }

    /** Known bad: two threads may find the same dead thread. */
    public static class ForgetfulCollection extends SpareOperations {
        private final ForgetfulLock lock = ForgetfulLock.at(layer, "caches", "lock", "lock");

        @Override
        public void drain() {
            lock.forgottenIn(() -> {
                super.drain();
                return null;
            });
        }
    }
}

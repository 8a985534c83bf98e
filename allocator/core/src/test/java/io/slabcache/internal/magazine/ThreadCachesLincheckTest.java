package io.slabcache.internal.magazine;

import io.slabcache.internal.util.ForgetfulLock;
import io.slabcache.internal.util.Lincheck;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A registered thread finds its own cache, and a dead thread is found once: Lincheck compares the thread caches with a
 * set. It must catch a registration without the lock.
 */
class ThreadCachesLincheckTest {
    @ParameterizedTest
    @EnumSource
    void threadCachesAreASetOfThreads(Lincheck lincheck) {
        lincheck.assertLinearizable(ThreadCachesOperations.class, SetOfThreads.class);
    }

    @Test
    void aRegistrationWithoutTheLockIsFound() {
        Lincheck.MODEL_CHECKING.assertCaught(ForgetfulRegistration.class, SetOfThreads.class);
    }

    /** The sequential specification of the thread caches. */
    public static class SetOfThreads {
        private final Set<Integer> living = new HashSet<>();
        private int dead;

        /** Lincheck runs the operations before and after the concurrent part on the first of its two threads. */
        private static int thread(int owner) {
            return owner == 2 ? 2 : 1;
        }

        public boolean register(int owner) {
            living.add(thread(owner));
            return true;
        }

        public boolean current(int owner) {
            return living.contains(thread(owner));
        }

        public boolean leaveBehind(int owner) {
            dead++;
            return true;
        }

        public int retireDead() {
            int found = dead;
            dead = 0;
            return found;
        }

        public int registered() {
            return living.size() + dead;
        }
    }

    /** Known bad: two threads that register at the same time may lose one of them. */
    public static class ForgetfulRegistration extends ThreadCachesOperations {
        private final ForgetfulLock lock = ForgetfulLock.at(caches, "lock", "lock");

        @Override
        ThreadCache insert(Thread thread) {
            return lock.forgottenIn(() -> super.insert(thread));
        }
    }
}

package io.slabcache.internal.slab;

import io.slabcache.internal.util.ForgetfulLock;
import io.slabcache.internal.util.Lincheck;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A thread that has added a slab finds it until it removes it, whatever other threads add and remove, and wherever their
 * slabs lie. Lincheck checks that. It must catch a removal without the lock.
 */
class SlabDirectoryLincheckTest {
    @ParameterizedTest
    @EnumSource
    void aDirectoryIsASetOfSlabs(Lincheck lincheck) {
        lincheck.assertLinearizable(SlabDirectoryOperations.class, Slabs.class);
    }

    @Test
    void anAdditionWithoutTheLockIsFound() {
        Lincheck.MODEL_CHECKING.assertCaught(ForgetfulAddition.class, Slabs.class);
    }

    /** The sequential specification of a directory. */
    public static class Slabs {
        private final boolean[] isIn = new boolean[Lincheck.OWNERS];

        public boolean add(int owner) {
            boolean added = !isIn[owner];
            isIn[owner] = true;
            return added;
        }

        public boolean remove(int owner) {
            boolean removed = isIn[owner];
            isIn[owner] = false;
            return removed;
        }

        public boolean find(int owner) {
            return isIn[owner];
        }

        public boolean findSurely(int owner) {
            return isIn[owner];
        }
    }

    /** Known bad: two threads change the tree and the table at once. */
    public static class ForgetfulAddition extends SlabDirectoryOperations {
        private final ForgetfulLock lock = ForgetfulLock.at(directory, "lock", "lock");

        @Override
        public boolean add(int owner) {
            return lock.forgottenIn(() -> super.add(owner));
        }
    }
}

package io.slabcache.internal.slab;

import io.slabcache.internal.util.ForgetfulLock;
import io.slabcache.internal.util.Lincheck;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A slab list is a set of objects: all of them can be taken, and no object has two holders. Lincheck checks that. It
 * must catch a flush without the lock.
 */
class SlabListLincheckTest {
    @ParameterizedTest
    @EnumSource
    void aSlabListIsASetOfObjects(Lincheck lincheck) {
        lincheck.assertLinearizable(SlabListOperations.class, Objects.class);
    }

    @Test
    void aFlushWithoutTheLockIsFound() {
        Lincheck.MODEL_CHECKING.assertCaught(ForgetfulFlush.class, Objects.class);
    }

    /** The sequential specification of a slab list. */
    public static class Objects {
        private final int[] held = new int[Lincheck.OWNERS];
        private int free = SlabListOperations.OBJECTS;

        public int take(int owner, int wanted) {
            int taken = Math.min(wanted, free);
            free -= taken;
            held[owner] += taken;
            return taken;
        }

        public boolean takeOne(int owner) {
            return take(owner, 1) == 1;
        }

        public boolean allocate(int owner) {
            return takeOne(owner);
        }

        public int flush(int owner) {
            int count = held[owner];
            free += count;
            held[owner] = 0;
            return count;
        }

        public boolean free(int owner) {
            boolean any = held[owner] > 0;
            held[owner] -= any ? 1 : 0;
            free += any ? 1 : 0;
            return any;
        }

        public long freeObjects() {
            return free;
        }
    }

    /** Known bad: the call that threads make most often does not take the lock. */
    public static class ForgetfulFlush extends SlabListOperations {
        private final ForgetfulLock lock = ForgetfulLock.at(list, "lock", "lock");

        @Override
        public int flush(int owner) {
            return lock.forgottenIn(() -> super.flush(owner));
        }
    }
}

package io.slabcache.internal.debug;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slabcache.internal.util.Threads;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/**
 * When two threads free one object of a debugged cache at the same moment, exactly one free succeeds. The check must
 * catch an account that is read first and written later.
 */
class ExactDoubleFreeTest {
    private static final int ROUNDS = 2_000;

    /** An object that two threads free. */
    private interface Contested {
        void allocate();

        boolean free();
    }

    /** Returns the number of rounds in which the number of successful frees was not one. */
    private static int wrongRounds(int rounds, Contested object) throws Exception {
        AtomicInteger succeeded = new AtomicInteger();
        AtomicInteger wrong = new AtomicInteger();
        CyclicBarrier end = new CyclicBarrier(2, () -> {
            wrong.addAndGet(succeeded.getAndSet(0) == 1 ? 0 : 1);
            object.allocate();
        });
        object.allocate();
        Threads.together(2, number -> {
            for (int round = 0; round < rounds; round++) {
                succeeded.addAndGet(object.free() ? 1 : 0);
                Threads.meet(end);
            }
        });
        return wrong.get();
    }

    @Test
    void exactlyOneSucceeds() throws Exception {
        Planted planted = new Planted(Planted.ALL, 18, 8, 300);
        SlabObject[] object = new SlabObject[1];
        int wrong = wrongRounds(ROUNDS, new Contested() {
            @Override
            public void allocate() {
                object[0] = planted.allocate();
            }

            @Override
            public boolean free() {
                return planted.free(object[0]).refused() < 0;
            }
        });
        assertEquals(0, wrong);
        assertEquals(ROUNDS, planted.layer.counts().frees());
    }

    @Test
    void anAccountThatIsReadBeforeItIsWrittenIsCaught() throws Exception {
        CyclicBarrier between = new CyclicBarrier(2);
        boolean[] live = new boolean[1];
        int wrong = wrongRounds(3, new Contested() {
            @Override
            public void allocate() {
                live[0] = true;
            }

            @Override
            public boolean free() {
                boolean wasLive = live[0];
                Threads.meet(between);
                live[0] = false;
                return wasLive;
            }
        });
        assertTrue(wrong == 3, wrong + " of 3 rounds");
    }
}

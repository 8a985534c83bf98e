package io.slabcache.tests.jcstress;

import io.slabcache.tests.support.OtherThread;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/**
 * A thread looks for its own cache, first without success and then repeatedly, while enough other threads register to
 * make the table of threads grow. It is registered once, so it gets back the object that it freed last.
 */
@Outcome(id = "one cache", expect = Expect.ACCEPTABLE, desc = "the same object each time, and no object lost")
@Outcome(id = "another object", expect = Expect.FORBIDDEN, desc = "the thread was registered twice")
@Outcome(id = "lost", expect = Expect.FORBIDDEN, desc = "an object is in a cache that no thread has")
@Outcome(expect = Expect.FORBIDDEN, desc = "an outcome without a name")
public abstract class Registration extends Scenario {
    /** More than half of the slots of the smallest table. */
    private static final int OTHERS = 9;

    private static final int ROUNDS = 200;

    private volatile boolean allRegistered;
    private boolean isAnother;

    Registration(Pool pool) {
        super(pool);
    }

    /** Goes on until the table has grown, at least for some rounds. */
    void use() {
        MemorySegment first = pool.tryAllocate();
        pool.free(first);
        for (int i = 0; i < ROUNDS || !allRegistered; i++) {
            MemorySegment again = pool.tryAllocate();
            isAnother |= !again.equals(first);
            pool.free(again);
        }
    }

    void registerOthers() {
        try {
            for (int i = 0; i < OTHERS; i++) {
                OtherThread.run(() -> pool.free(pool.tryAllocate()));
            }
        } finally {
            allRegistered = true;
        }
    }

    @Override
    final String look() {
        if (isAnother) {
            return "another object";
        }
        return pool.close() ? "one cache" : "lost";
    }

    @JCStressTest
    @State
    public static class OfThreads extends Registration {
        public OfThreads() {
            super(new CachePool(Caches.withMagazinesOf(2)));
        }

        @Actor
        public void using() {
            use();
        }

        @Actor
        public void registering() {
            registerOthers();
        }

        @Arbiter
        public void end(L_Result result) {
            result.r1 = end();
        }
    }

    /** Its table is published before it has its entries, and no look-up is repeated under the lock. */
    private static final class HalfBuiltTable extends SimplePool {
        private static final class Entry {
            private final Thread owner;
            private MemorySegment cached;

            Entry(Thread owner) {
                this.owner = owner;
            }
        }

        private volatile Entry[] entries = {};

        HalfBuiltTable() {
            super(4 * OTHERS);
        }

        private Entry own() {
            for (Entry entry : entries) {
                if (entry != null && entry.owner == Thread.currentThread()) {
                    return entry;
                }
            }
            return register(new Entry(Thread.currentThread()));
        }

        private synchronized Entry register(Entry added) {
            Entry[] old = entries;
            Entry[] rebuilt = new Entry[old.length + 1];
            entries = rebuilt;
            for (int i = 0; i < old.length; i++) {
                waitForAnother();
                rebuilt[i] = old[i];
            }
            rebuilt[old.length] = added;
            return added;
        }

        @Override
        public MemorySegment tryAllocate() {
            Entry own = own();
            MemorySegment cached = own.cached;
            own.cached = null;
            return cached != null ? cached : super.tryAllocate();
        }

        @Override
        public boolean free(MemorySegment object) {
            own().cached = object;
            return true;
        }

        /** Cached objects do not count as free. */
        @Override
        public synchronized boolean close() {
            long cached =
                    Arrays.stream(entries).filter(entry -> entry.cached != null).count();
            if (live() > cached) {
                return false;
            }
            closeNow();
            return true;
        }
    }

    @JCStressTest
    @State
    public static class KnownBad extends Registration {
        public KnownBad() {
            super(new HalfBuiltTable());
        }

        @Actor
        public void using() {
            use();
        }

        @Actor
        public void registering() {
            registerOthers();
        }

        @Arbiter
        public void end(L_Result result) {
            result.r1 = end();
        }
    }
}

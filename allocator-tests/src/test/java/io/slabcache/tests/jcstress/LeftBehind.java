package io.slabcache.tests.jcstress;

import io.slabcache.tests.support.OtherThread;
import java.lang.foreign.MemorySegment;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/**
 * A thread frees objects, takes them from its own cache again, frees them again and ends without a flush. Another
 * thread that finds the cache exhausted gets them, unchanged, once the first one is dead, and not before.
 */
@Outcome(id = "nothing", expect = Expect.ACCEPTABLE, desc = "asked while the thread was alive")
@Outcome(id = "content", expect = Expect.ACCEPTABLE, desc = "as the thread left it")
@Outcome(
        id = "other content",
        expect = Expect.FORBIDDEN,
        desc = "taken from a living thread, or seen before it was written")
@Outcome(id = "robbed", expect = Expect.FORBIDDEN, desc = "a living thread's own objects were gone")
@Outcome(id = "lost", expect = Expect.FORBIDDEN, desc = "no thread gets the objects of the dead thread")
@Outcome(id = "kept twice", expect = Expect.FORBIDDEN, desc = "an object with two owners")
@Outcome(expect = Expect.FORBIDDEN, desc = "an outcome without a name")
public abstract class LeftBehind extends Scenario {
    /** Starting and ending a thread takes longer than a look for dead threads. */
    private static final int PATIENCE = 50;

    private final MemorySegment[] left;
    private int taken;
    private boolean isOther;
    private boolean isRobbed;

    /** A pool whose objects are all live; the thread leaves {@code left} of them behind. */
    LeftBehind(Pool pool, int objects, int left) {
        super(pool);
        MemorySegment[] all = new MemorySegment[objects];
        pool.allocateBulk(all);
        this.left = new MemorySegment[left];
        for (int i = 0; i < left; i++) {
            this.left[i] = all[i];
            Content.BEFORE.write(all[i]);
        }
    }

    /** Runs the whole life of the thread. */
    void live(Pool door) {
        for (MemorySegment object : left) {
            door.free(object);
        }
        MemorySegment[] again = new MemorySegment[left.length];
        for (int i = 0; i < again.length; i++) {
            again[i] = door.tryAllocate();
        }
        for (MemorySegment object : again) {
            if (object == null) {
                isRobbed = true;
            } else {
                Content.GIVEN.write(object);
                door.free(object);
            }
        }
    }

    void take() {
        for (int i = 0; taken < left.length && i < PATIENCE; i++) {
            MemorySegment object = pool.tryAllocate();
            if (object != null) {
                taken++;
                isOther |= !Content.GIVEN.isIn(object);
            }
        }
    }

    @Override
    final String look() {
        if (isOther) {
            return "other content";
        }
        if (isRobbed) {
            return "robbed";
        }
        boolean any = taken > 0;
        for (; taken < left.length; taken++) {
            if (pool.tryAllocate() == null) {
                return "lost";
            }
        }
        if (pool.tryAllocate() != null) {
            return "kept twice";
        }
        return any ? "content" : "nothing";
    }

    /** One object in each of its magazines. */
    @JCStressTest
    @State
    public static class InMagazines extends LeftBehind {
        public InMagazines() {
            super(new CachePool(Caches.bounded()), Caches.BOUND, 2);
        }

        @Actor
        public void living() {
            OtherThread.run(() -> live(pool));
        }

        @Actor
        public void taking() {
            take();
        }

        @Arbiter
        public void end(L_Result result) {
            result.r1 = end();
        }
    }

    /** The first object that a thread frees through its local cache becomes its spare object. */
    @JCStressTest
    @State
    public static class AsSpareObject extends LeftBehind {
        public AsSpareObject() {
            super(new CachePool(Caches.bounded()), Caches.BOUND, 1);
        }

        @Actor
        public void living() {
            OtherThread.run(() -> live(pool.local()));
        }

        @Actor
        public void taking() {
            take();
        }

        @Arbiter
        public void end(L_Result result) {
            result.r1 = end();
        }
    }

    /** It takes back a thread's cached objects whether the thread is dead or not. */
    @JCStressTest
    @State
    public static class KnownBad extends LeftBehind {
        public KnownBad() {
            super(
                    new SimplePool(1) {
                        private MemorySegment cached;

                        @Override
                        public MemorySegment tryAllocate() {
                            MemorySegment found = cached;
                            waitForAnother();
                            cached = null;
                            return found == null ? super.tryAllocate() : found;
                        }

                        @Override
                        public boolean free(MemorySegment object) {
                            cached = object;
                            return true;
                        }
                    },
                    1,
                    1);
        }

        @Actor
        public void living() {
            OtherThread.run(() -> live(pool));
        }

        @Actor
        public void taking() {
            take();
        }

        @Arbiter
        public void end(L_Result result) {
            result.r1 = end();
        }
    }
}

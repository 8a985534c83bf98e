package io.slabcache.tests.jcstress;

import io.slabcache.GenerationHandles;
import io.slabcache.SlabCache;
import java.util.concurrent.atomic.AtomicInteger;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/** A stale handle is refused while its object is handed out again. */
@Outcome(id = "refused", expect = Expect.ACCEPTABLE, desc = "before the hand-out and after it")
@Outcome(id = "accepted", expect = Expect.FORBIDDEN, desc = "taken for the handle of the new owner")
@Outcome(id = "lost", expect = Expect.FORBIDDEN, desc = "the new handle is not good")
@Outcome(expect = Expect.FORBIDDEN, desc = "an outcome without a name")
public abstract class StaleHandle {
    /** One object that was handed out before, with its first handle, which is stale. */
    public abstract static class OneObject extends StaleHandle {
        private final SlabCache cache;
        private final GenerationHandles handles;
        private final long stale;
        private long current;
        private boolean accepted;

        OneObject(boolean lockless) {
            cache = SlabCache.builder("stressed", Caches.OBJECT_BYTES)
                    .maxObjects(1)
                    .lockless(lockless)
                    .memory(Caches.RECYCLED)
                    .build();
            handles = cache.generations();
            stale = handles.allocate();
            handles.free(stale);
            cache.flush();
        }

        final void renew() {
            current = handles.allocate();
        }

        final void use() {
            for (int i = 0; i < 3; i++) {
                accepted |= handles.isLive(stale);
            }
        }

        final void judge(L_Result result) {
            result.r1 = accepted ? "accepted" : handles.isLive(current) ? "refused" : "lost";
            handles.free(current);
            cache.close();
        }
    }

    /** Through the slab list only. */
    @JCStressTest
    @State
    public static class OfAPlainCache extends OneObject {
        public OfAPlainCache() {
            super(false);
        }

        @Actor
        public void renewing() {
            renew();
        }

        @Actor
        public void using() {
            use();
        }

        @Arbiter
        public void end(L_Result result) {
            judge(result);
        }
    }

    /** Through the magazines. */
    @JCStressTest
    @State
    public static class OfALocklessCache extends OneObject {
        public OfALocklessCache() {
            super(true);
        }

        @Actor
        public void renewing() {
            renew();
        }

        @Actor
        public void using() {
            use();
        }

        @Arbiter
        public void end(L_Result result) {
            judge(result);
        }
    }

    /** Half a seqlock: mark and generation are two words, which the writer stores in the wrong order. */
    @JCStressTest
    @State
    public static class KnownBad extends StaleHandle {
        private final AtomicInteger began = new AtomicInteger();
        private volatile boolean live;
        private volatile int generation = 1;
        private boolean accepted;

        @Actor
        public void renewing() {
            live = true;
            began.incrementAndGet();
            for (int i = 0; i < 100; i++) {
                Thread.onSpinWait();
            }
            generation++;
        }

        @Actor
        public void using() {
            for (int i = 0; i < 10_000 && began.get() == 0; i++) {
                Thread.onSpinWait();
            }
            accepted = live && generation == 1;
        }

        @Arbiter
        public void end(L_Result result) {
            result.r1 = accepted ? "accepted" : "refused";
        }
    }
}

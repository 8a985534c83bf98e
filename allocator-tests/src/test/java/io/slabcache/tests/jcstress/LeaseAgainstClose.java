package io.slabcache.tests.jcstress;

import io.slabcache.Lease;
import io.slabcache.SlabCache;
import io.slabcache.memory.MemoryRegion;
import io.slabcache.memory.MemorySource;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/**
 * A lease ends while its cache, which was closed by force before, is closed once more. The memory then goes to its
 * source and at once to its next owner. The last write of the lease does not overwrite what that owner writes.
 */
@Outcome(id = "held", expect = Expect.ACCEPTABLE, desc = "the lease lasted still")
@Outcome(id = "given away", expect = Expect.ACCEPTABLE, desc = "the lease was over")
@Outcome(id = "overwritten", expect = Expect.FORBIDDEN, desc = "given away before the last write of the lease")
@Outcome(expect = Expect.FORBIDDEN, desc = "an outcome without a name")
public abstract class LeaseAgainstClose {
    private static final long LEASED = 1;
    private static final long NEXT = 2;

    /** Regions for the next sample. They avoid the handshake that closing an arena needs. */
    private static final Queue<MemorySegment> UNUSED = new ConcurrentLinkedQueue<>();

    /** Memory that knows when it is given back, and belongs to its next owner then. */
    private static final class Region implements MemorySource, MemoryRegion {
        private final MemorySegment memory;
        private boolean givenBack;

        Region() {
            MemorySegment found = UNUSED.poll();
            memory = found != null ? found : Arena.global().allocate(Caches.OBJECT_BYTES, Caches.OBJECT_BYTES);
        }

        @Override
        public MemoryRegion allocate(long bytes, long alignment) {
            return this;
        }

        @Override
        public MemorySegment segment() {
            return memory;
        }

        @Override
        public void close() {
            memory.set(ValueLayout.JAVA_LONG, 0, NEXT);
            givenBack = true;
        }

        String end() {
            long found = memory.get(ValueLayout.JAVA_LONG, 0);
            UNUSED.add(memory);
            return !givenBack ? "held" : found == NEXT ? "given away" : "overwritten";
        }
    }

    /** A lease of the library. The thread that begins it hands it over to the one that ends it. */
    @JCStressTest
    @State
    public static class OfTheCache extends LeaseAgainstClose {
        private final Region region = new Region();
        private final SlabCache cache = SlabCache.builder("stressed", Caches.OBJECT_BYTES)
                .maxObjects(1)
                .memory(region)
                .build();
        private final Lease lease = cache.allocateLeased().handOver();
        private volatile boolean closedOnce;

        @Actor
        public void leasing() {
            Lease mine = lease.takeOver();
            MemorySegment segment = mine.segment();
            try {
                cache.closeNow();
            } catch (IllegalStateException e) {
                // The lease keeps the memory.
            }
            closedOnce = true;
            segment.set(ValueLayout.JAVA_LONG, 0, LEASED);
            try {
                mine.close();
            } catch (IllegalStateException e) {
                // The cache is already closed.
            }
        }

        @Actor
        public void closing() {
            while (!closedOnce) {
                Thread.yield();
            }
            try {
                cache.close();
            } catch (IllegalStateException e) {
                // The lease has not ended.
            }
        }

        @Arbiter
        public void end(L_Result result) {
            result.r1 = region.end();
            cache.close();
        }
    }

    /** It announces the end of the lease before the last write. */
    @JCStressTest
    @State
    public static class KnownBad extends LeaseAgainstClose {
        private final Region region = new Region();
        private volatile boolean leased = true;
        private volatile boolean closed;

        @Actor
        public void leasing() {
            leased = false;
            // Without effect if the other actor has not begun: it then comes after the write.
            for (int i = 0; i < 1_000 && !closed; i++) {
                Thread.yield();
            }
            region.segment().set(ValueLayout.JAVA_LONG, 0, LEASED);
        }

        @Actor
        public void closing() {
            for (int i = 0; i < 1_000 && leased; i++) {
                Thread.yield();
            }
            if (!leased) {
                region.close();
                closed = true;
            }
        }

        @Arbiter
        public void end(L_Result result) {
            result.r1 = region.end();
        }
    }
}

package io.slabcache.internal.leaks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slabcache.internal.debug.Planted;
import io.slabcache.internal.debug.Sample;
import io.slabcache.internal.debug.SlabObject;
import io.slabcache.internal.slab.SizedObjects;
import io.slabcache.internal.slab.Slab;
import io.slabcache.internal.util.Collector;
import java.lang.foreign.MemorySegment;
import java.lang.ref.Reference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/**
 * A watch finds each object whose segment became unreachable without a free, and no other object. The test must catch a
 * test of liveness that ignores which owner a watch belongs to.
 */
class LeakWatchesTest {
    private static final long SIZE = 24;

    private final Planted planted = new Planted(Planted.NONE, SIZE, 8, 16);
    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 5);
    private final List<Sample> found = new ArrayList<>();

    private LeakWatches watches(LeakWatches.Liveness liveness, long grace) {
        return new LeakWatches(liveness, Duration.ofNanos(grace), now::get);
    }

    private LeakWatches watches() {
        return watches(LiveByte.ofWatched(), 0);
    }

    private MemorySegment allocate(LeakWatches watches) {
        SlabObject object = planted.take();
        object.slab().markLive(object.address());
        return watches.watch(object.slab(), object.address(), SizedObjects.size(object.slab()));
    }

    private void free(long address) {
        Slab slab = planted.slab();
        assertTrue(slab.markFree(address));
        planted.supply.free(address);
    }

    private void look(LeakWatches watches) {
        for (int i = 0; i < 3; i++) {
            Collector.collect();
            found.addAll(watches.takeLeaked());
        }
    }

    @Test
    void theWatchedSegmentCoversTheObject() {
        MemorySegment segment = allocate(watches());
        assertEquals(planted.slab().address(0), segment.address());
        assertEquals(SIZE, segment.byteSize());
        assertEquals(planted.slab().memory().scope(), segment.scope());
    }

    @Test
    void anUnreachableSegmentIsReportedOnce() {
        LeakWatches watches = watches();
        long address = allocate(watches).address();
        assertEquals(
                List.of(address), watches.live().stream().map(Sample::address).toList());
        look(watches);
        assertEquals(List.of(address), found.stream().map(Sample::address).toList());
        assertEquals(List.of(), watches.live());
    }

    @Test
    void aReachableSegmentIsNotReported() {
        LeakWatches watches = watches();
        MemorySegment segment = allocate(watches);
        look(watches);
        assertEquals(List.of(), found);
        Reference.reachabilityFence(segment);
    }

    @Test
    void noLeakIsReportedBeforeTheGracePeriodEnds() {
        LeakWatches watches = watches(LiveByte.ofWatched(), 10);
        allocate(watches);
        look(watches);
        now.addAndGet(9);
        look(watches);
        assertEquals(List.of(), found);
        now.addAndGet(1);
        look(watches);
        assertEquals(1, found.size());
    }

    @Test
    void aFreedObjectIsNotReported() {
        LeakWatches watches = watches();
        free(allocate(watches).address());
        look(watches);
        assertEquals(List.of(), found);
        assertEquals(List.of(), watches.live());
    }

    @Test
    void anObjectThatIsWatchedAgainBelongsToItsLastOwner() {
        LeakWatches watches = watches();
        free(allocate(watches).address());
        MemorySegment segment = allocate(watches);
        assertEquals(planted.slab().address(0), segment.address());
        look(watches);
        assertEquals(List.of(), found);
        Reference.reachabilityFence(segment);
    }

    private void freeAndAllocateUnwatched(LeakWatches watches) {
        free(allocate(watches).address());
        SlabObject again = planted.take();
        assertEquals(planted.slab().address(0), again.address());
        again.slab().markLive(again.address());
        look(watches);
    }

    @Test
    void anObjectThatIsReusedUnwatchedIsNotReported() {
        freeAndAllocateUnwatched(watches());
        assertEquals(List.of(), found);
    }

    @Test
    void aLivenessTestThatIgnoresTheOwnerIsCaught() {
        LeakWatches.Liveness bad = new LeakWatches.Liveness() {
            @Override
            public void begin(Slab slab, long address) {
                slab.markLive(address);
            }

            @Override
            public boolean goesOn(Slab slab, long address) {
                return slab.isLive(address);
            }
        };
        freeAndAllocateUnwatched(watches(bad, 0));
        assertEquals(1, found.size());
    }

    @Test
    void aForgottenWatchIsNotReported() {
        LeakWatches watches = watches();
        watches.forget(allocate(watches).address());
        allocate(watches);
        watches.close();
        look(watches);
        assertEquals(List.of(), found);
    }
}

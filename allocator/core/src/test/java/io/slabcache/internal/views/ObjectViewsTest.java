package io.slabcache.internal.views;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slabcache.SlabCache;
import java.lang.foreign.MemorySegment;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import java.util.concurrent.CyclicBarrier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ObjectViewsTest {
    private static final int ROUNDS = 200;

    /** A view as an edge has one. */
    private record View(long address) {}

    private static class Maker extends ViewMaker<View> {
        @Override
        protected View make(MemorySegment object) {
            return new View(object.address());
        }

        @Override
        protected View ready(View view, long address) {
            assertEquals(address, view.address());
            return view;
        }
    }

    private static final class FailingMaker extends Maker {
        @Override
        protected View make(MemorySegment object) {
            throw new OutOfMemoryError("no heap");
        }
    }

    private final SlabCache cache =
            SlabCache.builder("viewed", 64).slabBytes(64 * 64).build();

    @AfterEach
    void close() {
        cache.closeNow();
    }

    private ObjectViews<View> views(ViewMaker<View> maker) {
        return ObjectViews.ofUnsafeBuffers(cache.id(), maker);
    }

    @Test
    void anObjectGoesBackIfItsViewCannotBeMade() {
        ObjectViews<View> failing = views(new FailingMaker());
        for (int i = 0; i < ROUNDS; i++) {
            assertThrows(OutOfMemoryError.class, failing::tryAllocate);
            assertEquals(0, cache.stats().liveObjects());
        }
        assertEquals(64, cache.stats().totalObjects());
        View[] into = new View[2];
        assertThrows(
                OutOfMemoryError.class, () -> new ViewBulk<>(failing, view -> view.address()).allocate(into, 0, 2));
        assertEquals(0, cache.stats().liveObjects());
        assertTrue(cache.validate().findings().isEmpty());
    }

    @Test
    void twoThreadsGetTheSameViewOfAnObject() throws Exception {
        ObjectViews<View> views = views(new Maker());
        Set<View> seen = Collections.synchronizedSet(Collections.newSetFromMap(new IdentityHashMap<>()));
        CyclicBarrier together = new CyclicBarrier(2);
        long[] addresses = new long[ROUNDS];
        cache.allocateBulk(addresses, 0, ROUNDS);
        Runnable looks = () -> {
            for (long address : addresses) {
                try {
                    together.await();
                } catch (Exception e) {
                    throw new AssertionError(e);
                }
                seen.add(views.of(address));
            }
        };
        Thread other = Thread.ofPlatform().start(looks);
        looks.run();
        other.join();
        assertEquals(ROUNDS, seen.size());
    }

    @Test
    void aViewIsKnownByIdentityAndPlace() {
        ObjectViews<View> views = views(new Maker());
        View view = views.allocate();
        View copy = new View(view.address());
        assertEquals(view, copy);
        assertNotSame(view, copy);
        long low = view.address();
        assertFalse(views.tryFree(copy, low));
        assertFalse(views.free(copy, copy.address()));
        assertEquals(0, views.quickAddress(copy, low));
        assertEquals(1, cache.stats().liveObjects());
        assertSame(view, views.of(view.address()));
        assertTrue(views.free(view, view.address()));
        assertEquals(0, cache.stats().liveObjects());
        assertThrows(IllegalArgumentException.class, () -> views.of(view.address() + 1));
    }

    @Test
    void theViewsOfASlabGoWithIt() {
        ObjectViews<View> views = views(new Maker());
        View[] all = new View[ROUNDS];
        ViewBulk<View> bulk = new ViewBulk<>(views, View::address);
        assertTrue(bulk.allocate(all, 0, ROUNDS));
        long withViews = cache.stats().heapBytes();
        bulk.free(all, 0, ROUNDS);
        cache.flush();
        cache.shrink();
        assertEquals(0, cache.stats().slabs());
        assertTrue(cache.stats().heapBytes() < withViews - ROUNDS * 32, () -> cache.stats() + " after " + withViews);
        assertThrows(IllegalArgumentException.class, () -> views.of(all[0].address()));
        assertFalse(views.tryFree(all[0], all[0].address()));
    }

    @Test
    void aClosedCacheHasNoViews() {
        cache.close();
        assertThrows(IllegalStateException.class, () -> views(new Maker()));
    }
}

package io.slabcache.internal.views;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slabcache.SlabAllocator;
import io.slabcache.diagnostics.Debug;
import io.slabcache.diagnostics.InvalidFreeException;
import org.junit.jupiter.api.Test;

/** A view of an allocator's object stays with the object until its owner puts another one in its place. */
class SizedViewsTest {
    private static long heapBytes(SlabAllocator slabs) {
        return slabs.stats().classes().getFirst().heapBytes();
    }

    @Test
    void aViewComesWithItsObject() {
        try (SlabAllocator slabs = SlabAllocator.builder("views").build()) {
            SizedViews<String> views = SizedViews.byteBufs(slabs);
            long address = slabs.allocateAddress(100);
            assertNull(views.get(address));
            views.put(address, "view");
            assertSame("view", views.get(address));
            assertEquals(112, views.object(address).byteSize());
            slabs.freeAddress(address);
            assertSame("view", views.tryAllocate(97));
            assertEquals(1, slabs.stats().liveObjects());
            Object place = views.place(address);
            assertNotNull(place);
            views.free(place, 112, address);
            assertEquals(
                    InvalidFreeException.Kind.DOUBLE_FREE,
                    assertThrows(InvalidFreeException.class, () -> views.free(place, 112, address))
                            .kind());
        }
    }

    /** An allocation that finds no view leaves the object where it was. */
    @Test
    void nothingIsAllocatedWithoutAView() {
        try (SlabAllocator slabs = SlabAllocator.builder("none").build()) {
            SizedViews<String> views = SizedViews.byteBufs(slabs);
            assertNull(views.tryAllocate(100));
            slabs.freeAddress(slabs.allocateAddress(100));
            long cached = slabs.stats().classes().getFirst().cachedObjects();
            assertNull(views.tryAllocate(100));
            assertEquals(0, slabs.stats().liveObjects());
            assertEquals(cached, slabs.stats().classes().getFirst().cachedObjects());
        }
    }

    @Test
    void viewsAreCounted() {
        try (SlabAllocator slabs = SlabAllocator.builder("counted").build()) {
            SizedViews<String> views = SizedViews.byteBufs(slabs);
            long address = slabs.allocateAddress(100);
            views.put(address, "table");
            long before = heapBytes(slabs);
            views.put(address, "another");
            assertEquals(before, heapBytes(slabs));
            views.put(address, null);
            assertTrue(heapBytes(slabs) < before);
            views.put(address, "again");
            assertEquals(before, heapBytes(slabs));
            slabs.freeAddress(address);
        }
    }

    @Test
    void largeObjectsHaveNoViews() {
        try (SlabAllocator slabs = SlabAllocator.builder("large").build()) {
            SizedViews<String> views = SizedViews.byteBufs(slabs);
            long address = slabs.allocateAddress(SizedViews.LARGEST + 1);
            views.put(address, "view");
            assertNull(views.get(address));
            assertNull(views.object(address));
            assertNull(views.place(address));
            assertTrue(views.isExact(address));
            slabs.freeAddress(address);
        }
    }

    @Test
    void onlyWatchedObjectsAreExact() {
        for (boolean isDebugged : new boolean[] {false, true}) {
            Debug[] debug = isDebugged ? new Debug[] {Debug.REDZONES} : new Debug[0];
            try (SlabAllocator slabs =
                    SlabAllocator.builder("exact").debug(debug).build()) {
                SizedViews<String> views = SizedViews.byteBufs(slabs);
                long address = slabs.allocateAddress(100);
                assertEquals(isDebugged, views.isExact(address));
                slabs.freeAddress(address);
            }
        }
    }

    @Test
    void aClosedAllocatorHasNone() {
        SlabAllocator slabs = SlabAllocator.builder("closed").build();
        SizedViews<String> views = SizedViews.byteBufs(slabs);
        long address = slabs.allocateAddress(100);
        views.put(address, "view");
        Object place = views.place(address);
        slabs.closeNow();
        assertNull(views.get(address));
        views.put(address, "late");
        assertNull(views.get(address));
        assertThrows(IllegalStateException.class, () -> views.free(place, 112, address));
    }
}

package io.slabcache.tests.misuse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.slabcache.Checks;
import io.slabcache.ObjectAllocator;
import io.slabcache.SlabCache;
import io.slabcache.memory.MemoryRegion;
import io.slabcache.memory.MemorySource;
import io.slabcache.tests.support.Access;
import io.slabcache.tests.support.Healthy;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The heap has no room for the segment of an object that was allocated already: the object goes back. The error comes from
 * the region, of which every new segment is a slice.
 */
@ParameterizedClass(name = "{0}, checks {1}, lockless {2}")
@CsvSource({
    "CACHE, STANDARD, true",
    "CACHE, STANDARD, false",
    "CACHE, NONE, true",
    "LOCAL_CACHE, STANDARD, true",
    "LOCAL_CACHE, NONE, true",
    "CACHE_ON_VIRTUAL_THREAD, STANDARD, true"
})
class FullHeapTest {
    private static final int OBJECTS = 64;

    private final OutOfMemoryError full = new OutOfMemoryError("planted");

    @Parameter(0)
    Access access;

    @Parameter(1)
    Checks checks;

    @Parameter(2)
    boolean lockless;

    /** Whether the heap is full. */
    private boolean isFull;

    private SlabCache cache;

    private final class Source implements MemorySource {
        @Override
        public MemoryRegion allocate(long bytes, long alignment) {
            MemoryRegion region = MemorySource.arena().allocate(bytes, alignment);
            return new MemoryRegion() {
                @Override
                public MemorySegment segment() {
                    if (isFull) {
                        throw full;
                    }
                    return region.segment();
                }

                @Override
                public void close() {
                    region.close();
                }
            };
        }
    }

    private void run(Consumer<ObjectAllocator> test) throws Throwable {
        cache = SlabCache.builder("full heap", 64)
                .checks(checks)
                .lockless(lockless)
                .maxObjects(OBJECTS)
                .memory(new Source())
                .build();
        access.run(() -> test.accept(access.to(cache)));
    }

    @AfterEach
    void everyObjectIsThere() throws Throwable {
        access.run(() -> {
            ObjectAllocator allocator = access.to(cache);
            assertEquals(0, cache.stats().liveObjects());
            List<MemorySegment> all = new ArrayList<>();
            for (MemorySegment object; (object = allocator.tryAllocate()) != null; ) {
                all.add(object);
            }
            assertEquals(OBJECTS, all.size());
            all.forEach(allocator::free);
        });
        Healthy.checkNothingLive(cache);
        cache.close();
    }

    private void refused(Runnable allocation) {
        isFull = true;
        try {
            assertSame(full, assertThrows(OutOfMemoryError.class, allocation::run));
        } finally {
            isFull = false;
        }
    }

    /** The first allocation of a thread, one out of a magazine, and one of what it freed last. */
    private void refusedWherever(Consumer<ObjectAllocator> allocation, ObjectAllocator allocator) {
        long first = allocator.allocateAddress();
        allocator.freeAddress(first);
        refused(() -> allocation.accept(allocator));
        long kept = allocator.allocateAddress();
        refused(() -> allocation.accept(allocator));
        refused(() -> allocation.accept(allocator));
        allocator.freeAddress(kept);
        refused(() -> allocation.accept(allocator));
    }

    @Test
    void anAllocation() throws Throwable {
        run(allocator -> refusedWherever(ObjectAllocator::allocate, allocator));
    }

    @Test
    void anAllocationThatMayFail() throws Throwable {
        run(allocator -> refusedWherever(ObjectAllocator::tryAllocate, allocator));
    }

    @Test
    void anAllocationThatDoesNotWait() throws Throwable {
        run(allocator -> {
            allocator.prefill(4);
            long cached = allocator.tryAllocateAddressCached();
            if (cached != 0) {
                refused(allocator::tryAllocateCached);
                allocator.freeAddress(cached);
                refused(allocator::tryAllocateCached);
            }
        });
    }

    @Test
    void aBulkAllocation() throws Throwable {
        run(allocator -> {
            MemorySegment[] objects = new MemorySegment[8];
            for (int i = 0; i < 3; i++) {
                refused(() -> allocator.allocateBulk(objects, 0, objects.length));
            }
            MemorySegment one = allocator.allocate();
            assertNotNull(one);
            refused(() -> allocator.allocateBulk(objects, 0, objects.length));
            allocator.free(one);
        });
    }
}

package io.slabcache.tests.faults;

import static io.slabcache.tests.support.Texts.assertSays;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.slabcache.ObjectAllocator;
import io.slabcache.diagnostics.CacheExhaustedException;
import java.lang.foreign.MemorySegment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Faults in an allocation that finds no free object. The numbers are those of {@link Fault}. */
@ParameterizedClass(name = "{0}")
@MethodSource("io.slabcache.tests.faults.Case#all")
class GrowthFaultTest extends GrowthContract {
    @Test
    void fault20_theBound() {
        allocateAll();
        for (int i = 0; i < 3; i++) {
            assertNull(one.tryAllocate(cache));
            long exhaustions = cache.stats().exhaustions();
            ObjectAllocator allocator = one.access().to(cache);
            // Injection fails at most one of the two.
            assertThrows(CacheExhaustedException.class, allocator::allocateAddress);
            CacheExhaustedException thrown = assertThrows(CacheExhaustedException.class, allocator::allocate);
            assertEquals(1, thrown.asked());
            assertEquals(BOUND, thrown.liveObjects());
            assertEquals(BOUND, thrown.maxObjects());
            assertSays(thrown.getMessage(), "cache 'victim' is exhausted: asked for 1 of at most " + BOUND);
            assertEquals(exhaustions + 2, cache.stats().exhaustions());
            assertEquals(0, allocator.tryAllocateAddressCached());
            assertNull(allocator.tryAllocateCached());
            assertFalse(allocator.allocateBulk(new long[1], 0, 1));
            assertFalse(allocator.allocateBulk(new MemorySegment[1], 0, 1));
            assertEquals(0, allocator.generations().tryAllocate());
            assertThrows(CacheExhaustedException.class, allocator::allocateLeased);
            one.free(cache, bystanders.removeLast());
            addBystander();
        }
        assertEquals(BOUND, cache.stats().totalObjects());
    }

    @Test
    void fault22_aConstructorThatThrows() {
        RuntimeException failure = new UnsupportedOperationException("out of order");
        construction = () -> {
            throw failure;
        };
        assertSame(failure, growth());
        assertEquals(1, source.closed());
        construction = () -> {};
        allocateAll();
    }

    @Test
    void fault22_aConstructorThatAllocatesWhatIsNotThere() {
        construction = () -> cache.tryAllocateAddress();
        Throwable refused = growth();
        assertEquals(IllegalStateException.class, refused.getClass());
        assertSays(refused.getMessage(), "constructor");
        construction = () -> {};
        allocateAll();
    }

    @Test
    void fault22_aConstructorThatFreesAndAllocates() {
        int[] exchanged = {0};
        construction = () -> {
            one.free(cache, bystanders.removeLast());
            addBystander();
            exchanged[0]++;
        };
        allocateAll();
        assertNotEquals(0, exchanged[0]);
    }

    /** Repeats the case, so that the object freed last is not the next one allocated. */
    @Test
    void fault22_aConstructorThatFreesManyAndAllocatesThem() {
        construction = () -> {
            int count = bystanders.size();
            while (!bystanders.isEmpty()) {
                one.free(cache, bystanders.removeLast());
            }
            while (bystanders.size() < count) {
                addBystander();
            }
        };
        allocateAll();
    }
}

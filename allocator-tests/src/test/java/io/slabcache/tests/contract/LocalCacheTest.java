package io.slabcache.tests.contract;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slabcache.LocalCache;
import io.slabcache.ObjectAllocator;
import io.slabcache.SlabCache;
import io.slabcache.tests.support.Calls;
import io.slabcache.tests.support.Healthy;
import io.slabcache.tests.support.OtherThread;
import java.lang.foreign.MemorySegment;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What sets a {@link LocalCache} apart: it belongs to one thread. */
class LocalCacheTest {
    @Test
    void anotherThreadIsRefusedWhateverItCalls() {
        try (SlabCache cache = SlabCache.builder("local", 64).build()) {
            LocalCache local = cache.local();
            MemorySegment object = local.allocate();
            Map<String, Consumer<ObjectAllocator>> calls = Calls.freeing(object, object.address());
            OtherThread.run(() -> assertAllRefused(calls, local));
            OtherThread.runVirtual(() -> assertAllRefused(calls, local));
            local.free(object);
            Healthy.checkNothingLive(cache);
            assertEquals(1, cache.stats().allocations());
        }
    }

    private static void assertAllRefused(Map<String, Consumer<ObjectAllocator>> calls, LocalCache local) {
        assertAll(calls.entrySet().stream().map(call -> () -> {
            WrongThreadException refused = assertThrows(
                    WrongThreadException.class, () -> call.getValue().accept(local), call.getKey());
            assertTrue(refused.getMessage().contains("cache 'local'"), refused.getMessage());
        }));
    }

    @Test
    void theListOfCallsIsComplete() {
        Set<String> declared = Arrays.stream(ObjectAllocator.class.getMethods())
                .map(LocalCacheTest::signature)
                .collect(Collectors.toSet());
        assertEquals(declared, Calls.freeing(MemorySegment.NULL, 0).keySet());
    }

    private static String signature(Method method) {
        return Arrays.stream(method.getParameterTypes())
                .map(Class::getSimpleName)
                .collect(Collectors.joining(",", method.getName() + "(", ")"));
    }

    @Test
    void aThreadMayUseTheCacheAndSeveralLocalCachesForTheSameObjects() {
        try (SlabCache cache = SlabCache.builder("local", 64).build()) {
            LocalCache one = cache.local();
            LocalCache two = cache.local();
            two.free(one.allocate());
            cache.free(two.allocate());
            one.freeAddress(cache.allocateAddress());
            assertEquals(3, cache.stats().frees());
            assertEquals(1, cache.stats().threadCaches());
            Healthy.checkNothingLive(cache);
        }
    }

    @Test
    void theObjectsOfALocalCacheMayBeFreedByAnyThread() {
        try (SlabCache cache = SlabCache.builder("local", 64).build()) {
            MemorySegment object = cache.local().allocate();
            OtherThread.run(() -> cache.local().free(object));
            Healthy.checkNothingLive(cache);
        }
    }
}

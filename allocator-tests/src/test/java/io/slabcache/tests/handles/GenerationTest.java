package io.slabcache.tests.handles;

import static io.slabcache.tests.support.Texts.withoutIds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slabcache.GenerationHandles;
import io.slabcache.SlabCache;
import io.slabcache.diagnostics.CacheExhaustedException;
import io.slabcache.diagnostics.StaleHandleException;
import io.slabcache.tests.support.Cookies;
import io.slabcache.tests.support.Healthy;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Properties of handles with generations in every kind of cache. */
@ParameterizedClass(name = "{0}")
@MethodSource("io.slabcache.tests.handles.Setting#all")
class GenerationTest {
    /** More than two magazines hold. */
    private static final int MANY = 100;

    @Parameter
    Setting setting;

    private interface Body {
        void run(SlabCache cache, GenerationHandles handles) throws Throwable;
    }

    private void test(Body body) throws Throwable {
        setting.run(() -> {
            try (SlabCache cache = setting.builder().build()) {
                body.run(cache, setting.allocator(cache).generations());
                Healthy.checkNothingLive(cache);
                assertEquals(0, cache.stats().misuses());
            }
        });
    }

    @Test
    void aHandleLeadsToItsObjectUntilItIsFreed() throws Throwable {
        test((cache, handles) -> {
            long handle = handles.allocate();
            assertTrue(handles.isLive(handle));
            assertTrue(cache.owns(handles.address(handle)));
            assertSame(cache.segment(handles.address(handle)), handles.segment(handle));
            assertEquals(Setting.SIZE, handles.segment(handle).byteSize());
            assertEquals(1, cache.stats().liveObjects());
            handles.free(handle);
            assertFalse(handles.isLive(handle));
            assertThrows(StaleHandleException.class, () -> handles.address(handle));
            assertThrows(StaleHandleException.class, () -> handles.segment(handle));
            assertEquals(1, cache.stats().frees());
        });
    }

    @Test
    void everyUseOfAnObjectHasItsOwnHandle() throws Throwable {
        test((cache, handles) -> {
            long[] used = new long[MANY];
            for (int i = 0; i < MANY; i++) {
                used[i] = handles.allocate();
                handles.free(used[i]);
            }
            assertEquals(MANY, LongStream.of(used).distinct().count());
            long live = handles.allocate();
            for (long stale : used) {
                assertFalse(handles.isLive(stale));
            }
            handles.free(live);
        });
    }

    @Test
    void handlesOfManyObjectsAreIndependent() throws Throwable {
        test((cache, handles) -> {
            long[] live = new long[MANY];
            for (int round = 0; round < 3; round++) {
                for (int i = 0; i < MANY; i++) {
                    live[i] = handles.allocate();
                    Cookies.write(handles.segment(live[i]), i);
                }
                assertEquals(MANY, cache.stats().liveObjects());
                assertEquals(
                        MANY,
                        LongStream.of(live).map(handles::address).distinct().count());
                for (int i = 0; i < MANY; i++) {
                    Cookies.check(handles.segment(live[i]), i);
                    handles.free(live[i]);
                    assertFalse(handles.isLive(live[i]));
                }
            }
        });
    }

    @Test
    void atTheBoundThereIsNoHandle() throws Throwable {
        setting.run(() -> {
            try (SlabCache cache = setting.builder().maxObjects(3).build()) {
                GenerationHandles handles = setting.allocator(cache).generations();
                long[] all = {handles.allocate(), handles.tryAllocate(), handles.allocate()};
                assertEquals(0, handles.tryAllocate());
                assertThrows(CacheExhaustedException.class, handles::allocate);
                assertEquals(2, cache.stats().exhaustions());
                handles.free(all[1]);
                long again = handles.tryAllocate();
                assertNotEquals(all[1], again);
                assertEquals(HandleBits.address(all[1]), handles.address(again));
                for (long handle : new long[] {all[0], again, all[2]}) {
                    handles.free(handle);
                }
                Healthy.checkNothingLive(cache);
            }
        });
    }

    @Test
    void allViewsOfACacheKnowTheSameHandles() throws Throwable {
        test((cache, handles) -> {
            GenerationHandles other = cache.generations();
            GenerationHandles local = cache.local().generations();
            long handle = handles.allocate();
            assertTrue(other.isLive(handle) && local.isLive(handle));
            other.free(handle);
            assertFalse(handles.isLive(handle) || local.isLive(handle));
            handle = other.allocate();
            local.free(handle);
            assertFalse(handles.isLive(handle));
        });
    }

    @Test
    void plainObjectsAndHandlesLiveSideBySide() throws Throwable {
        test((cache, handles) -> {
            for (int i = 0; i < MANY; i++) {
                long plain = cache.allocateAddress();
                long handle = handles.allocate();
                assertNotEquals(plain, handles.address(handle));
                cache.freeAddress(plain);
                assertTrue(handles.isLive(handle));
                handles.free(handle);
            }
        });
    }

    @Test
    void afterTheCloseNothingIsLiveAndEveryOtherCallIsRefused() throws Throwable {
        setting.run(() -> {
            SlabCache cache = setting.builder().build();
            GenerationHandles handles = setting.allocator(cache).generations();
            long freed = handles.allocate();
            long live = handles.allocate();
            handles.free(freed);
            cache.closeNow();
            for (long handle : new long[] {freed, live, 0, -1}) {
                assertFalse(handles.isLive(handle));
                assertClosed(() -> handles.free(handle));
                assertClosed(() -> handles.address(handle));
                assertClosed(() -> handles.segment(handle));
            }
            assertClosed(handles::allocate);
            assertClosed(handles::tryAllocate);
            assertClosed(cache::generations);
        });
    }

    private static void assertClosed(Executable call) {
        IllegalStateException refused = assertThrows(IllegalStateException.class, call);
        assertTrue(withoutIds(refused.getMessage()).contains("cache 'handled' is closed"), refused.getMessage());
    }
}

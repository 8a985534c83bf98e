package io.slabcache.tests.handles;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slabcache.GenerationHandles;
import io.slabcache.SlabCache;
import io.slabcache.diagnostics.Checks;
import io.slabcache.diagnostics.Debug;
import io.slabcache.diagnostics.InvalidFreeException;
import io.slabcache.diagnostics.InvalidFreeException.Kind;
import io.slabcache.memory.MemoryRegion;
import io.slabcache.memory.MemorySource;
import io.slabcache.tests.support.Healthy;
import io.slabcache.tests.support.OtherThread;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Handles with generations in unusual caches, threads and memory. */
class GenerationEdgesTest {
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 4})
    void smallAlignmentsAreRefusedWithAWayOut(long alignment) {
        try (SlabCache cache =
                SlabCache.builder("small", 20).alignment(alignment).build()) {
            UnsupportedOperationException refused =
                    assertThrows(UnsupportedOperationException.class, cache::generations);
            assertTrue(refused.getMessage().contains("'small'"), refused.getMessage());
            assertTrue(refused.getMessage().contains("alignment(8)"), refused.getMessage());
        }
    }

    @Test
    void theViewOfALocalCacheIsForItsThread() {
        try (SlabCache cache = SlabCache.builder("local", 64).build()) {
            GenerationHandles handles = cache.local().generations();
            long handle = handles.allocate();
            List<Executable> calls = List.of(
                    handles::allocate,
                    handles::tryAllocate,
                    () -> handles.free(handle),
                    () -> handles.address(handle),
                    () -> handles.segment(handle),
                    () -> handles.isLive(handle));
            OtherThread.run(() -> calls.forEach(GenerationEdgesTest::assertWrongThread));
            OtherThread.runVirtual(() -> calls.forEach(GenerationEdgesTest::assertWrongThread));
            assertEquals(1, cache.stats().allocations());
            handles.free(handle);
            Healthy.checkNothingLive(cache);
        }
    }

    private static void assertWrongThread(Executable call) {
        WrongThreadException refused = assertThrows(WrongThreadException.class, call);
        assertTrue(refused.getMessage().contains("cache 'local'"), refused.getMessage());
    }

    /** The same memory again and again, like a system that has nothing else to give. */
    private record OneRegion(MemorySegment segment) implements MemorySource, MemoryRegion {
        @Override
        public MemoryRegion allocate(long bytes, long alignment) {
            return this;
        }

        @Override
        public void close() {}
    }

    @Test
    void handlesOfMemoryThatWasGivenBackMeanNothingToObjectsThatLieThereNow() {
        try (Arena arena = Arena.ofShared()) {
            OneRegion memory = new OneRegion(arena.allocate(64 << 10, 64));
            try (SlabCache cache = SlabCache.builder("reborn", 64)
                    .slabBytes(64 << 10)
                    .memory(memory)
                    .build()) {
                GenerationHandles handles = cache.generations();
                for (int round = 0; round < 50; round++) {
                    long stale = handles.allocate();
                    handles.free(stale);
                    cache.flush();
                    assertEquals(64 << 10, cache.shrink());
                    assertFalse(handles.isLive(stale));
                    long current = handles.allocate();
                    assertEquals(HandleBits.address(stale), handles.address(current));
                    assertFalse(handles.isLive(stale));
                    assertThrows(InvalidFreeException.class, () -> handles.free(stale));
                    handles.free(current);
                }
                Healthy.checkNothingLive(cache);
            }
        }
    }

    @Test
    void withoutChecksWhatIsFreedOtherwiseSeemsLiveUntilItHasANewHandle() {
        try (SlabCache cache =
                SlabCache.builder("trusting", 64).checks(Checks.NONE).build()) {
            GenerationHandles handles = cache.generations();
            long handle = handles.allocate();
            cache.freeAddress(handles.address(handle));
            assertTrue(handles.isLive(handle));
            long current = handles.allocate();
            assertEquals(HandleBits.address(handle), handles.address(current));
            assertFalse(handles.isLive(handle));
            assertThrows(InvalidFreeException.class, () -> handles.free(handle));
            handles.free(current);
            assertThrows(InvalidFreeException.class, () -> handles.free(current));
            Healthy.checkNothingLive(cache);
        }
    }

    @Test
    void aDebuggedCacheNoticesTheDoubleFreeOfAHandleAndAnAddress() {
        try (SlabCache cache =
                SlabCache.builder("debugged", 64).debug(Debug.values()).build()) {
            GenerationHandles handles = cache.generations();
            long handle = handles.allocate();
            handles.segment(handle).fill((byte) 1);
            handles.free(handle);
            assertThrows(InvalidFreeException.class, () -> handles.free(handle));
            long freedByAddress = handles.allocate();
            cache.freeAddress(handles.address(freedByAddress));
            assertEquals(
                    Kind.DOUBLE_FREE,
                    assertThrows(InvalidFreeException.class, () -> handles.free(freedByAddress))
                            .kind());
            Healthy.checkNothingLive(cache);
        }
    }

    @Test
    void aLoopThatWaitsForTheEndOfAHandleSeesIt() {
        try (SlabCache cache = SlabCache.builder("awaited", 64).build()) {
            GenerationHandles handles = cache.generations();
            long handle = handles.allocate();
            Thread waiting = Thread.ofPlatform().start(() -> {
                while (handles.isLive(handle)) {}
            });
            assertTimeoutPreemptively(Duration.ofSeconds(60), () -> {
                // Long enough for the loop to be compiled.
                Thread.sleep(200);
                handles.free(handle);
                waiting.join();
            });
            Healthy.checkNothingLive(cache);
        }
    }
}

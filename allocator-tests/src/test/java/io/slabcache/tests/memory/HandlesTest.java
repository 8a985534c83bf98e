package io.slabcache.tests.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slabcache.ObjectAllocator;
import io.slabcache.SlabCache;
import io.slabcache.SlabCacheBuilder;
import io.slabcache.diagnostics.Checks;
import io.slabcache.diagnostics.Debug;
import io.slabcache.diagnostics.InvalidFreeException;
import io.slabcache.diagnostics.InvalidFreeException.Kind;
import io.slabcache.tests.support.ChildJvm;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A cache with {@code handles(false)} keeps no segments, and otherwise behaves like any other. */
class HandlesTest {
    private static final int SIZE = 64;

    /** The ways to build and call a cache of this kind. */
    enum Way {
        PLAIN,
        LOCAL,
        LOCKED,
        UNCHECKED,
        DEBUGGED,
        CONSTRUCTED;

        SlabCache build() {
            SlabCacheBuilder builder = SlabCache.builder("fresh", SIZE).handles(false);
            return switch (this) {
                case PLAIN, LOCAL -> builder.build();
                case LOCKED -> builder.lockless(false).build();
                case UNCHECKED -> builder.checks(Checks.NONE).build();
                case DEBUGGED -> builder.debug(Debug.SANITY, Debug.POISON).build();
                case CONSTRUCTED ->
                    builder.constructor(object -> object.fill((byte) 7)).build();
            };
        }

        ObjectAllocator allocator(SlabCache cache) {
            return this == LOCAL ? cache.local() : cache;
        }
    }

    @ParameterizedTest
    @EnumSource
    void eachCallMakesANewSegmentOfTheObject(Way way) {
        try (SlabCache cache = way.build()) {
            ObjectAllocator allocator = way.allocator(cache);
            for (int i = 0; i < 3; i++) {
                MemorySegment object = allocator.allocate();
                assertEquals(SIZE, object.byteSize());
                assertNotSame(object, cache.segment(object.address()));
                assertEquals(object, cache.segment(object.address()));
                allocator.free(object);
                MemorySegment next = allocator.tryAllocate();
                assertNotSame(object, next);
                allocator.free(next);
            }
            assertEquals(0, cache.stats().liveObjects());
        }
    }

    @ParameterizedTest
    @EnumSource
    void manyObjectsComeAndGo(Way way) {
        int many = 3_000;
        try (SlabCache cache = way.build()) {
            ObjectAllocator allocator = way.allocator(cache);
            MemorySegment[] objects = new MemorySegment[many];
            for (int round = 0; round < 3; round++) {
                assertTrue(allocator.allocateBulk(objects, 0, many / 2));
                for (int i = many / 2; i < many; i++) {
                    objects[i] = allocator.allocate();
                }
                assertEquals(
                        many,
                        Stream.of(objects)
                                .mapToLong(MemorySegment::address)
                                .distinct()
                                .count());
                assertEquals(many, cache.stats().liveObjects());
                allocator.freeBulk(objects, many / 2, many - many / 2);
                for (int i = 0; i < many / 2; i++) {
                    allocator.free(objects[i]);
                }
                assertEquals(0, cache.stats().liveObjects());
            }
        }
    }

    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {"UNCHECKED"})
    void whatIsNoLiveObjectIsRefused(Way way) {
        try (SlabCache cache = way.build()) {
            ObjectAllocator allocator = way.allocator(cache);
            MemorySegment object = allocator.allocate();
            refused(Kind.WRONG_SIZE, allocator, object.asSlice(0, SIZE - 1));
            refused(Kind.INTERIOR, allocator, object.asSlice(1));
            refused(Kind.FOREIGN, allocator, object.asReadOnly());
            assertEquals(1, cache.stats().liveObjects());
            allocator.free(object);
            refused(Kind.DOUBLE_FREE, allocator, object);
            assertEquals(0, cache.stats().liveObjects());
        }
    }

    private static void refused(Kind kind, ObjectAllocator allocator, MemorySegment object) {
        assertEquals(
                kind,
                assertThrows(InvalidFreeException.class, () -> allocator.free(object))
                        .kind());
    }

    @Test
    void leasesGenerationsAndZeroesWork() {
        try (SlabCache cache = Way.PLAIN.build()) {
            cache.allocateLeased().close();
            long handle = cache.generations().allocate();
            assertNotSame(
                    cache.generations().segment(handle), cache.generations().segment(handle));
            cache.generations().free(handle);
            cache.free(cache.allocateZeroed());
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void statisticsSayWhatTheSegmentsTake(boolean kept) {
        int many = 100_000;
        try (SlabCache cache = SlabCache.builder("counted", 32).handles(kept).build()) {
            MemorySegment[] objects = new MemorySegment[many];
            assertTrue(cache.allocateBulk(objects, 0, many));
            double each = cache.stats().heapBytes() / (double) many;
            assertTrue(kept ? each > 40 && each < 60 : each < 2.5, () -> each + " bytes of heap per object");
            cache.freeBulk(objects, 0, many);
        }
    }

    @Test
    void segmentsAreKeptByDefault() {
        try (SlabCache cache = SlabCache.builder("kept", SIZE).build()) {
            MemorySegment object = cache.allocate();
            assertSame(object, cache.segment(object.address()));
            cache.free(object);
        }
    }

    @Test
    void twoMillionSegmentsNeedNoLargeHeap(@TempDir Path folder) {
        ChildJvm.Result result = runWithASmallHeap(folder, false);
        assertEquals(0, result.exitCode(), result.errors());
        assertEquals("2000000", result.output().strip());
    }

    /** Known bad: shows that the test above would fail if all segments were kept. */
    @Test
    void twoMillionKeptSegmentsDoNotFit(@TempDir Path folder) {
        ChildJvm.Result result = runWithASmallHeap(folder, true);
        assertNotEquals(0, result.exitCode());
        assertTrue(result.errors().contains("OutOfMemoryError"), result.errors());
    }

    private static ChildJvm.Result runWithASmallHeap(Path folder, boolean kept) {
        return ChildJvm.run(
                folder,
                "-Xmx64m",
                "-cp",
                ChildJvm.libraryAndTests(),
                ManySegments.class.getName(),
                "" + kept,
                "2000000");
    }
}

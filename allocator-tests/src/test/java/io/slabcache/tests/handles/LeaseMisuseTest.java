package io.slabcache.tests.handles;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slabcache.Lease;
import io.slabcache.ObjectAllocator;
import io.slabcache.SlabCache;
import io.slabcache.diagnostics.CacheExhaustedException;
import io.slabcache.diagnostics.Debug;
import io.slabcache.diagnostics.InvalidFreeException;
import io.slabcache.diagnostics.InvalidFreeException.Kind;
import io.slabcache.diagnostics.LiveObjectsException;
import io.slabcache.diagnostics.MisusePolicy;
import io.slabcache.tests.support.Healthy;
import io.slabcache.tests.support.LogCapture;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** An object on lease belongs to its lease: every call with its address or a segment of it is refused. */
class LeaseMisuseTest {
    /** All ways to free an object, given the leased segment and the handle of the same object. */
    private static List<Consumer<ObjectAllocator>> frees(MemorySegment leased, MemorySegment handle) {
        return List.of(
                allocator -> allocator.free(leased),
                allocator -> allocator.free(handle),
                allocator -> allocator.freeAddress(leased.address()),
                allocator -> allocator.freeBulk(new long[] {leased.address()}, 0, 1),
                allocator -> allocator.freeBulk(new MemorySegment[] {leased}, 0, 1),
                allocator -> allocator.freeBulk(new MemorySegment[] {handle}, 0, 1));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("io.slabcache.tests.handles.Setting#checked")
    void onlyTheLeaseFreesItsObject(Setting setting) throws Throwable {
        setting.run(() -> {
            try (SlabCache cache = setting.builder().build()) {
                ObjectAllocator allocator = setting.allocator(cache);
                Lease lease = allocator.allocateLeased();
                MemorySegment segment = lease.segment();
                for (Consumer<ObjectAllocator> free : frees(segment, cache.segment(segment.address()))) {
                    InvalidFreeException refused =
                            assertThrows(InvalidFreeException.class, () -> free.accept(allocator));
                    assertEquals(Kind.DOUBLE_FREE, refused.kind());
                    assertTrue(refused.getMessage().contains("its lease will free"), refused.getMessage());
                    segment.set(ValueLayout.JAVA_INT, 0, 1);
                    Healthy.check(cache);
                }
                assertEquals(6, cache.stats().misuses());
                lease.close();
                for (Consumer<ObjectAllocator> free : frees(segment, cache.segment(segment.address()))) {
                    assertThrows(InvalidFreeException.class, () -> free.accept(allocator));
                }
                Healthy.checkNothingLive(cache);
            }
        });
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("io.slabcache.tests.handles.Setting#checked")
    void withoutExceptionsSuchAFreeIsIgnored(Setting setting) throws Throwable {
        setting.run(() -> {
            try (LogCapture log = new LogCapture();
                    SlabCache cache =
                            setting.builder().onMisuse(MisusePolicy.WARN_ONCE).build()) {
                ObjectAllocator allocator = setting.allocator(cache);
                try (Lease lease = allocator.allocateLeased()) {
                    MemorySegment segment = lease.segment();
                    frees(segment, cache.segment(segment.address())).forEach(free -> free.accept(allocator));
                    assertEquals(1, log.records().size());
                    assertEquals(1, cache.stats().liveObjects());
                }
                assertEquals(6, cache.stats().misuses());
                Healthy.checkNothingLive(cache);
            }
        });
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("io.slabcache.tests.handles.Setting#all")
    void leasesComeAndGoByTheThousand(Setting setting) throws Throwable {
        setting.run(() -> {
            try (SlabCache cache = setting.builder().maxObjects(100).build()) {
                ObjectAllocator allocator = setting.allocator(cache);
                for (int round = 0; round < 20; round++) {
                    List<Lease> leases = new ArrayList<>();
                    for (int i = 0; i < 100; i++) {
                        leases.add(allocator.allocateLeased());
                        leases.getLast().segment().set(ValueLayout.JAVA_INT, 0, i);
                    }
                    assertThrows(CacheExhaustedException.class, allocator::allocateLeased);
                    assertEquals(
                            100,
                            assertThrows(LiveObjectsException.class, cache::close)
                                    .liveObjects());
                    for (int i = 0; i < 100; i++) {
                        assertEquals(i, leases.get(i).segment().get(ValueLayout.JAVA_INT, 0));
                        leases.get(i).close();
                    }
                    Healthy.checkNothingLive(cache);
                }
                assertEquals(2_000, cache.stats().frees());
            }
        });
    }

    @ParameterizedTest
    @EnumSource
    void aDebuggedCacheLeasesToo(Debug way) {
        try (SlabCache cache =
                SlabCache.builder("debugged", Setting.SIZE).debug(way).build()) {
            Lease lease = cache.allocateLeased();
            MemorySegment segment = lease.segment();
            segment.fill((byte) 1);
            lease.close();
            assertThrows(IllegalStateException.class, () -> segment.fill((byte) 2));
            Lease another = cache.allocateLeased();
            assertEquals(
                    Kind.DOUBLE_FREE,
                    assertThrows(
                                    InvalidFreeException.class,
                                    () -> cache.freeAddress(another.segment().address()))
                            .kind());
            another.close();
            Healthy.checkNothingLive(cache);
        }
    }
}

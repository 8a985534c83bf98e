package io.slabcache.tests.sizes;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slabcache.SlabAllocator;
import io.slabcache.diagnostics.InvalidFreeException;
import io.slabcache.tests.support.OtherThread;
import io.slabcache.tests.support.Workers;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** The contract of the JDK's {@code Arena}, for the arenas of an allocator; each test that applies asks the JDK's, too. */
@ParameterizedClass(name = "{0}")
@EnumSource(Kind.class)
class SlabArenaTest {
    private static final long[] SIZES = {0, 1, 8, 17, 64, 255, 1_000, 1_024, 4_095, 4_096, 5_000, 65_536, 100_000};

    @Parameter
    Kind kind;

    private SlabAllocator allocator;

    @BeforeEach
    void open() {
        allocator = kind.builder("arenas").build();
    }

    @AfterEach
    void nothingIsLeft() {
        assertEquals(0, allocator.stats().liveObjects());
        allocator.close();
    }

    /** Those of the allocator and those of the JDK, which have to behave alike. */
    private List<Supplier<Arena>> confined() {
        return List.of(allocator::arena, Arena::ofConfined);
    }

    private List<Supplier<Arena>> all() {
        return List.of(allocator::arena, allocator::sharedArena, Arena::ofConfined, Arena::ofShared);
    }

    @Test
    void memoryIsZeroedAndOfTheSize() {
        for (int round = 0; round < 3; round++) {
            for (Supplier<Arena> each : all()) {
                try (Arena arena = each.get()) {
                    for (long size : SIZES) {
                        MemorySegment object = arena.allocate(size);
                        assertEquals(size, object.byteSize());
                        assertEquals(-1, object.mismatch(MemorySegment.ofArray(new byte[(int) size])));
                        object.fill((byte) 0xff);
                    }
                }
            }
        }
    }

    @Test
    void alignmentsAreKept() {
        for (Supplier<Arena> each : all()) {
            try (Arena arena = each.get()) {
                for (long alignment = 1; alignment <= 1 << 16; alignment *= 2) {
                    for (long size : new long[] {0, 1, 100, 3_000, 70_000}) {
                        MemorySegment object = arena.allocate(size, alignment);
                        assertEquals(0, object.address() & alignment - 1, size + " bytes aligned to " + alignment);
                        assertEquals(size, object.byteSize());
                    }
                }
            }
        }
    }

    @Test
    void objectsDoNotOverlap() {
        for (Supplier<Arena> each : List.<Supplier<Arena>>of(allocator::arena, allocator::sharedArena)) {
            try (Arena arena = each.get()) {
                TreeMap<Long, MemorySegment> objects = new TreeMap<>();
                for (int i = 0; i < 500; i++) {
                    MemorySegment object = arena.allocate(SIZES[i % 11], 1L << i % 7);
                    object.fill((byte) i);
                    assertEquals(null, objects.put(object.address(), object), "two objects at one address");
                }
                MemorySegment before = null;
                for (MemorySegment object : objects.values()) {
                    if (before != null) {
                        assertTrue(before.address() + before.byteSize() <= object.address());
                    }
                    before = object;
                }
            }
        }
    }

    @Test
    void badArgumentsAreRefused() {
        for (Supplier<Arena> each : all()) {
            try (Arena arena = each.get()) {
                assertThrows(IllegalArgumentException.class, () -> arena.allocate(-1));
                assertThrows(IllegalArgumentException.class, () -> arena.allocate(Long.MIN_VALUE));
                assertThrows(IllegalArgumentException.class, () -> arena.allocate(8, 0));
                assertThrows(IllegalArgumentException.class, () -> arena.allocate(8, -8));
                assertThrows(IllegalArgumentException.class, () -> arena.allocate(8, 3));
                assertThrows(IllegalArgumentException.class, () -> arena.allocate(8, Long.MIN_VALUE));
                assertThrows(IllegalArgumentException.class, () -> arena.allocate(-8, 8));
                arena.allocate(8);
            }
        }
        try (Arena arena = allocator.arena()) {
            assertThrows(OutOfMemoryError.class, () -> arena.allocate(Long.MAX_VALUE));
            assertThrows(OutOfMemoryError.class, () -> arena.allocate(Long.MAX_VALUE, 4_096));
        }
    }

    @Test
    void segmentsEndWithTheArena() {
        for (Supplier<Arena> each : all()) {
            List<MemorySegment> objects = new ArrayList<>();
            Arena arena = each.get();
            for (long size : SIZES) {
                objects.add(arena.allocate(size));
            }
            assertTrue(arena.scope().isAlive());
            assertEquals(arena.scope(), objects.getFirst().scope());
            arena.close();
            assertFalse(arena.scope().isAlive());
            for (MemorySegment object : objects) {
                if (object.byteSize() > 0) {
                    assertThrows(IllegalStateException.class, () -> object.get(ValueLayout.JAVA_BYTE, 0));
                    assertThrows(IllegalStateException.class, () -> object.set(ValueLayout.JAVA_BYTE, 0, (byte) 1));
                    assertThrows(IllegalStateException.class, () -> object.fill((byte) 1));
                }
                assertFalse(object.scope().isAlive());
            }
            for (long size : SIZES) {
                assertThrows(IllegalStateException.class, () -> arena.allocate(size));
            }
            assertThrows(IllegalStateException.class, arena::close);
        }
    }

    @Test
    void anotherThreadIsRefused() {
        for (Supplier<Arena> each : confined()) {
            Arena arena = each.get();
            MemorySegment object = arena.allocate(64);
            OtherThread.run(() -> {
                assertThrows(WrongThreadException.class, () -> object.get(ValueLayout.JAVA_BYTE, 0));
                assertThrows(WrongThreadException.class, () -> arena.allocate(64));
                assertThrows(WrongThreadException.class, arena::close);
                assertTrue(arena.scope().isAlive());
                assertFalse(object.isAccessibleBy(Thread.currentThread()));
            });
            object.set(ValueLayout.JAVA_BYTE, 0, (byte) 1);
            arena.close();
        }
    }

    @Test
    void anyThreadUsesASharedArena() {
        Arena arena = allocator.sharedArena();
        List<MemorySegment> objects = new ArrayList<>();
        Workers workers = new Workers();
        for (int i = 0; i < 3; i++) {
            int number = i;
            workers.platform(() -> {
                for (int k = 0; k < 300; k++) {
                    MemorySegment object = arena.allocate(200);
                    object.fill((byte) number);
                    synchronized (objects) {
                        objects.add(object);
                    }
                    byte[] bytes = object.toArray(ValueLayout.JAVA_BYTE);
                    assertEquals(number, bytes[0]);
                    assertEquals(number, bytes[199]);
                }
            });
        }
        workers.run();
        assertEquals(
                900, objects.stream().map(MemorySegment::address).distinct().count());
        OtherThread.run(arena::close);
        assertThrows(IllegalStateException.class, () -> objects.getFirst().get(ValueLayout.JAVA_BYTE, 0));
    }

    @Test
    void virtualThreadsHaveArenas() {
        OtherThread.runVirtual(() -> {
            for (int i = 0; i < 10; i++) {
                try (Arena arena = allocator.arena()) {
                    for (long size : SIZES) {
                        arena.allocate(size).fill((byte) 1);
                    }
                }
            }
        });
        assertNotEquals(0, allocator.stats().frees());
    }

    @Test
    void defaultMethodsOfTheInterfaceWork() {
        try (Arena arena = allocator.arena()) {
            assertEquals("grüße", arena.allocateFrom("grüße").getString(0));
            MemorySegment ints = arena.allocateFrom(ValueLayout.JAVA_INT, 1, 2, 3);
            assertArrayEquals(new int[] {1, 2, 3}, ints.toArray(ValueLayout.JAVA_INT));
            assertEquals(0, arena.allocate(ValueLayout.JAVA_LONG).get(ValueLayout.JAVA_LONG, 0));
            assertEquals(32, arena.allocate(ValueLayout.JAVA_DOUBLE, 4).byteSize());
        }
    }

    @Test
    void arenasMayBeNested() {
        try (Arena outer = allocator.arena()) {
            MemorySegment object = outer.allocate(100);
            object.fill((byte) 1);
            for (int i = 0; i < 5; i++) {
                try (Arena inner = allocator.arena()) {
                    inner.allocate(100).fill((byte) 2);
                    inner.allocate(10_000).fill((byte) 2);
                }
            }
            assertEquals(1, object.get(ValueLayout.JAVA_BYTE, 99));
        }
    }

    @Test
    void noOtherCallFreesItsObjects() {
        if (kind == Kind.UNCHECKED) {
            return;
        }
        try (Arena arena = allocator.arena()) {
            for (long size : new long[] {64, 100, 5_000, 100_000}) {
                MemorySegment object = arena.allocate(size);
                assertRefusedForArena(() -> allocator.free(object));
                assertRefusedForArena(() -> allocator.freeAddress(object.address()));
                object.fill((byte) 1);
            }
        }
    }

    /** Small objects of an arena lie inside an object of a class. */
    private static void assertRefusedForArena(Runnable free) {
        InvalidFreeException refused = assertThrows(InvalidFreeException.class, free::run);
        assertTrue(refused.getMessage().contains("its arena will free; expected close()"), refused::getMessage);
    }

    /** Known bad: memory of an allocator that is not cleared shows what its last owner wrote. */
    @Test
    void memoryThatIsNotClearedIsSeen() {
        MemorySegment object = allocator.allocate(64);
        object.fill((byte) 0xff);
        assertNotEquals(-1, object.mismatch(MemorySegment.ofArray(new byte[64])));
        allocator.free(object);
    }
}

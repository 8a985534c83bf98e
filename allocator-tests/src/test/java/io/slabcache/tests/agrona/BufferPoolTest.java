package io.slabcache.tests.agrona;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slabcache.SlabCache;
import io.slabcache.SlabCacheBuilder;
import io.slabcache.agrona.BufferPool;
import io.slabcache.diagnostics.CacheExhaustedException;
import io.slabcache.diagnostics.Checks;
import io.slabcache.diagnostics.Debug;
import io.slabcache.diagnostics.InvalidFreeException;
import io.slabcache.diagnostics.InvalidFreeException.Kind;
import io.slabcache.nio.ByteBufferPool;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.util.function.UnaryOperator;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Pooled buffers of Agrona: one for each object, as good as new, and freed by that buffer and no other. */
@ParameterizedClass
@EnumSource
class BufferPoolTest {
    private static final int SIZE = 256;
    private static final int MANY = 600;

    enum Way {
        ORDINARY(builder -> builder),
        UNCHECKED(builder -> builder.checks(Checks.NONE)),
        LOCKED(builder -> builder.lockless(false)),
        GUARDED(builder -> builder.guardedSampling(1)),
        DEBUGGED(builder -> builder.debug(Debug.SANITY, Debug.REDZONES, Debug.POISON, Debug.TRACKING));

        private final UnaryOperator<SlabCacheBuilder> settings;

        Way(UnaryOperator<SlabCacheBuilder> settings) {
            this.settings = settings;
        }
    }

    @Parameter
    private Way way;

    private SlabCache cache;
    private BufferPool pool;

    @BeforeEach
    void open() {
        cache = way.settings
                .apply(SlabCache.builder("buffers", SIZE).alignment(64).maxObjects(MANY))
                .build();
        pool = BufferPool.of(cache);
    }

    @AfterEach
    void close() {
        assertEquals(0, cache.stats().liveObjects());
        cache.close();
    }

    @Test
    void aBufferIsItsWholeObject() {
        UnsafeBuffer buffer = pool.allocate();
        assertEquals(SIZE, buffer.capacity());
        assertTrue(cache.owns(buffer.addressOffset()));
        buffer.putLong(SIZE - 8, 42);
        MemorySegment object = cache.segment(buffer.addressOffset());
        assertEquals(42, object.get(ValueLayout.JAVA_LONG, SIZE - 8));
        assertSame(buffer, pool.buffer(buffer.addressOffset()));
        assertSame(buffer, BufferPool.of(cache).buffer(buffer.addressOffset()));
        assertThrows(IndexOutOfBoundsException.class, () -> buffer.putByte(SIZE, (byte) 1));
        pool.free(buffer);
    }

    @Test
    void manyBuffersDoNotOverlap() {
        for (int round = 0; round < 3; round++) {
            UnsafeBuffer[] buffers = new UnsafeBuffer[MANY];
            for (int i = 0; i < MANY; i++) {
                buffers[i] = pool.allocate();
                buffers[i].setMemory(0, SIZE, (byte) i);
            }
            assertNull(pool.tryAllocate());
            assertThrows(CacheExhaustedException.class, pool::allocate);
            for (int i = 0; i < MANY; i++) {
                assertEquals((byte) i, buffers[i].getByte(0));
                assertEquals((byte) i, buffers[i].getByte(SIZE - 1));
                pool.free(buffers[i]);
            }
        }
    }

    @Test
    void bulksAreAllOrNothing() {
        UnsafeBuffer[] buffers = new UnsafeBuffer[MANY + 1];
        assertFalse(pool.allocateBulk(buffers, 0, MANY + 1));
        assertNull(buffers[0]);
        assertTrue(pool.allocateBulk(buffers, 1, MANY));
        UnsafeBuffer first = buffers[1];
        buffers[1] = new UnsafeBuffer(first);
        assertRefused(Kind.FOREIGN, () -> pool.freeBulk(buffers, 1, MANY), "another buffer");
        assertEquals(MANY, cache.stats().liveObjects());
        buffers[1] = first;
        pool.freeBulk(buffers, 1, MANY);
    }

    /** Whatever its last owner did to it. */
    @Test
    void aBufferIsWrappedAroundItsObjectAgain() {
        for (int i = 0; i < 6; i++) {
            UnsafeBuffer buffer = pool.allocate();
            long address = buffer.addressOffset();
            assertEquals(SIZE, buffer.capacity());
            assertNull(buffer.byteArray());
            assertNull(buffer.byteBuffer());
            switch (i) {
                case 0 -> {
                    buffer.wrap(address, 8);
                    pool.free(buffer);
                }
                case 1 -> {
                    buffer.wrap(new byte[SIZE]);
                    assertRefused(Kind.FOREIGN, () -> pool.free(buffer), "wrap");
                    cache.freeAddress(address);
                }
                case 2 -> {
                    buffer.wrap(address + 8, SIZE - 8);
                    assertRefused(Kind.INTERIOR, () -> pool.free(buffer), "wrap");
                    cache.freeAddress(address);
                }
                case 3 -> {
                    buffer.wrap(cache.segment(address).asByteBuffer());
                    assertEquals(SIZE, buffer.capacity());
                    pool.free(buffer);
                }
                default -> pool.free(buffer);
            }
        }
    }

    @Test
    void aFlyweightIsWrappedAroundObjects() {
        UnsafeBuffer flyweight = new UnsafeBuffer(0, 0);
        long address = cache.allocateAddress();
        pool.wrap(flyweight, address);
        assertEquals(address, flyweight.addressOffset());
        assertEquals(SIZE, flyweight.capacity());
        assertThrows(IllegalArgumentException.class, () -> pool.wrap(flyweight, address + 8));
        assertThrows(IllegalArgumentException.class, () -> pool.wrap(flyweight, 0));
        assertEquals(address, flyweight.addressOffset());
        cache.freeAddress(address);
    }

    @Test
    void whatIsNotTheBufferOfAnObjectIsRefused() {
        try (SlabCache other = SlabCache.builder("other", SIZE).build()) {
            UnsafeBuffer buffer = pool.allocate();
            assertRefused(Kind.NULL, () -> pool.free((DirectBuffer) null), "null");
            assertRefused(Kind.FOREIGN, () -> pool.free(new UnsafeBuffer(new byte[SIZE])), "array");
            assertRefused(Kind.FOREIGN, () -> pool.free(new UnsafeBuffer(ByteBuffer.allocateDirect(SIZE))), "no slab");
            assertRefused(Kind.FOREIGN, () -> pool.free(new UnsafeBuffer(buffer)), "another buffer");
            assertRefused(Kind.WRONG_SIZE, () -> pool.free(new UnsafeBuffer(buffer, 0, 8)), "another buffer");
            assertRefused(Kind.INTERIOR, () -> pool.free(new UnsafeBuffer(buffer, 8, 8)), "8 bytes into");
            UnsafeBuffer foreign = BufferPool.of(other).allocate();
            assertRefused(Kind.WRONG_CACHE, () -> pool.free(foreign), "'other'");
            BufferPool.of(other).free(foreign);
            pool.free(buffer);
            if (way != Way.UNCHECKED) {
                assertRefused(Kind.DOUBLE_FREE, () -> pool.free(buffer), "free already");
            }
        }
    }

    private static void assertRefused(Kind kind, Runnable free, String text) {
        InvalidFreeException refused = assertThrows(InvalidFreeException.class, free::run);
        assertEquals(kind, refused.kind(), refused::getMessage);
        assertTrue(refused.getMessage().contains(text), refused::getMessage);
    }

    @Test
    void bothKindsOfBuffersAreViewsOfTheSameObjects() {
        UnsafeBuffer buffer = pool.allocate();
        ByteBuffer view = ByteBufferPool.of(cache).buffer(buffer.addressOffset());
        buffer.putByte(3, (byte) 7);
        assertEquals(7, view.get(3));
        ByteBufferPool.of(cache).free(view);
    }

    @Test
    void aClosedCacheRefusesEverything() {
        UnsafeBuffer buffer = pool.allocate();
        pool.free(buffer);
        cache.close();
        assertThrows(IllegalStateException.class, pool::allocate);
        assertThrows(IllegalStateException.class, () -> pool.free(buffer));
        UnsafeBuffer flyweight = new UnsafeBuffer(0, 0);
        assertThrows(IllegalStateException.class, () -> pool.wrap(flyweight, buffer.addressOffset()));
        assertThrows(IllegalStateException.class, () -> BufferPool.of(cache));
        open();
    }
}

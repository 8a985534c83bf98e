package io.slabcache.tests.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.slabcache.SlabCache;
import io.slabcache.diagnostics.CacheExhaustedException;
import io.slabcache.diagnostics.Checks;
import io.slabcache.diagnostics.InvalidFreeException;
import io.slabcache.diagnostics.InvalidFreeException.Kind;
import io.slabcache.nio.ByteBufferPool;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Pooled buffers: one for each object, ready for use, and freed by that buffer and no other. */
@InAllConfigurations
class ByteBufferPoolTest extends CacheContract {
    private ByteBufferPool pool;

    @BeforeEach
    void makePool() {
        pool = ByteBufferPool.of(cache);
    }

    @Test
    void aBufferIsItsWholeObject() {
        ByteBuffer buffer = pool.allocate();
        assertTrue(buffer.isDirect());
        assertEquals(configuration.objectSize(), buffer.capacity());
        buffer.put(0, (byte) 7);
        long address = MemorySegment.ofBuffer(buffer).address();
        assertEquals(0, address % configuration.alignment());
        assertTrue(cache.owns(address));
        assertEquals(7, cache.segment(address).get(ValueLayout.JAVA_BYTE, 0));
        assertSame(buffer, pool.buffer(address));
        assertSame(buffer, ByteBufferPool.of(cache).buffer(address));
        pool.free(buffer);
    }

    /** Whatever its last owner did to it. */
    @Test
    void aBufferIsReadyForUse() {
        for (ByteOrder order : List.of(ByteOrder.BIG_ENDIAN, ByteOrder.LITTLE_ENDIAN)) {
            ByteBufferPool other = ByteBufferPool.of(cache, order);
            for (int i = 0; i < 3; i++) {
                ByteBuffer buffer = other.allocate();
                assertEquals(order, buffer.order());
                assertEquals(0, buffer.position());
                assertEquals(buffer.capacity(), buffer.limit());
                buffer.mark().put((byte) 1).flip();
                buffer.order(order == ByteOrder.BIG_ENDIAN ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
                other.free(buffer);
            }
        }
        assertEquals(ByteOrder.BIG_ENDIAN, ByteBuffer.allocate(1).order());
    }

    @Test
    void eachObjectHasOneBuffer() {
        Set<ByteBuffer> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        for (int round = 0; round < 3; round++) {
            List<ByteBuffer> live = new ArrayList<>();
            for (int i = 0; i < configuration.many(); i++) {
                live.add(pool.allocate());
            }
            for (int i = 0; i < live.size(); i++) {
                live.get(i).put(0, (byte) i);
            }
            for (int i = 0; i < live.size(); i++) {
                assertEquals((byte) i, live.get(i).get(0));
                seen.add(live.get(i));
            }
            live.forEach(pool::free);
        }
        // As many as objects: a buffer for each allocation would be three times as many as are live.
        assertTrue(seen.size() <= cache.stats().totalObjects(), () -> seen.size() + " buffers");
    }

    @Test
    void allFormsOfAnObjectMayBeMixed() {
        ByteBuffer byAddress = pool.buffer(cache.allocateAddress());
        pool.free(byAddress);
        ByteBuffer buffer = pool.allocate();
        cache.freeAddress(MemorySegment.ofBuffer(buffer).address());
        ByteBuffer another = pool.allocate();
        cache.freeBuffer(another);
        assertEquals(0, cache.stats().liveObjects());
    }

    @Test
    void bulksAreAllOrNothing() {
        ByteBuffer[] buffers = new ByteBuffer[configuration.many() + 2];
        assertTrue(pool.allocateBulk(buffers, 1, configuration.many()));
        assertNull(buffers[0]);
        assertNull(buffers[buffers.length - 1]);
        for (int i = 1; i <= configuration.many(); i++) {
            assertEquals(0, buffers[i].put((byte) i).flip().position());
        }
        ByteBuffer whole = buffers[2];
        buffers[2] = whole.duplicate();
        assertEquals(
                Kind.FOREIGN,
                assertThrows(InvalidFreeException.class, () -> pool.freeBulk(buffers, 1, configuration.many()))
                        .kind());
        assertEquals(configuration.many(), cache.stats().liveObjects());
        buffers[2] = whole;
        pool.freeBulk(buffers, 1, configuration.many());
        assertEquals(0, cache.stats().liveObjects());
        assertTrue(pool.allocateBulk(buffers, 0, 1));
        assertEquals(0, buffers[0].position());
        pool.freeBulk(buffers, 0, 1);
        assertThrows(IndexOutOfBoundsException.class, () -> pool.allocateBulk(buffers, buffers.length, 1));
        assertThrows(IndexOutOfBoundsException.class, () -> pool.freeBulk(buffers, -1, 1));
    }

    @Test
    void aBufferIsFreedWhereverPositionAndLimitAre() {
        ByteBuffer buffer = pool.allocate();
        buffer.put((byte) 7).flip();
        pool.free(buffer);
        ByteBuffer full = pool.allocate();
        full.position(full.limit());
        pool.free(full);
        assertEquals(0, cache.stats().liveObjects());
    }

    @Test
    void whatIsNotTheBufferOfAnObjectIsRefused() {
        assumeTrue(configuration.objectSize() > 1);
        try (SlabCache other =
                SlabCache.builder("other", configuration.objectSize()).build()) {
            ByteBuffer buffer = pool.allocate();
            int size = buffer.capacity();
            assertRefused(Kind.NULL, null, "null");
            assertRefused(Kind.FOREIGN, ByteBuffer.allocate(size), "ByteBuffer.allocate");
            assertRefused(Kind.FOREIGN, ByteBuffer.allocateDirect(size), "in no slab");
            assertRefused(Kind.FOREIGN, buffer.asReadOnlyBuffer(), "asReadOnlyBuffer()");
            assertRefused(Kind.FOREIGN, buffer.duplicate(), "duplicate()");
            assertRefused(Kind.INTERIOR, buffer.slice(1, size - 1), "slice()");
            assertRefused(Kind.WRONG_SIZE, buffer.slice(0, size - 1), "slice()");
            ByteBuffer segmentView =
                    cache.segment(MemorySegment.ofBuffer(buffer).address()).asByteBuffer();
            assertRefused(Kind.FOREIGN, segmentView, "SlabCache.freeBuffer");
            ByteBuffer foreign = ByteBufferPool.of(other).allocate();
            assertRefused(Kind.WRONG_CACHE, foreign, "'other'");
            ByteBufferPool.of(other).free(foreign);
            pool.free(buffer);
        }
    }

    private void assertRefused(Kind kind, ByteBuffer buffer, String text) {
        InvalidFreeException refused = assertThrows(InvalidFreeException.class, () -> pool.free(buffer));
        assertEquals(kind, refused.kind(), refused::getMessage);
        assertTrue(refused.getMessage().contains(text), refused::getMessage);
        assertEquals(1, cache.stats().liveObjects());
    }

    @Test
    void aSecondFreeIsRefused() {
        assumeTrue(configuration.checks() == Checks.STANDARD);
        ByteBuffer buffer = pool.allocate();
        ByteBuffer other = pool.allocate();
        pool.free(buffer);
        InvalidFreeException refused = assertThrows(InvalidFreeException.class, () -> pool.free(buffer));
        assertEquals(Kind.DOUBLE_FREE, refused.kind(), refused::getMessage);
        assertEquals(
                Kind.DOUBLE_FREE,
                assertThrows(InvalidFreeException.class, () -> pool.freeBulk(new ByteBuffer[] {other, buffer}, 0, 2))
                        .kind());
        assertEquals(1, cache.stats().liveObjects());
        pool.free(other);
    }

    @Test
    void theBoundHolds() {
        assumeTrue(configuration.isBounded());
        List<ByteBuffer> live = new ArrayList<>();
        for (ByteBuffer buffer; (buffer = pool.tryAllocate()) != null; ) {
            live.add(buffer);
        }
        assertThrows(CacheExhaustedException.class, pool::allocate);
        ByteBuffer[] more = new ByteBuffer[2];
        assertFalse(pool.allocateBulk(more, 0, 2));
        assertNull(more[0]);
        live.forEach(pool::free);
        assertNotNull(live.getFirst());
    }

    @Test
    void aClosedCacheRefusesEverything() {
        ByteBuffer buffer = pool.allocate();
        pool.free(buffer);
        cache.close();
        assertThrows(IllegalStateException.class, pool::allocate);
        assertThrows(IllegalStateException.class, () -> pool.free(buffer));
        assertThrows(IllegalStateException.class, () -> pool.freeBulk(new ByteBuffer[] {buffer}, 0, 1));
        assertThrows(IllegalStateException.class, () -> buffer.get(0));
        assertThrows(IllegalStateException.class, () -> ByteBufferPool.of(cache));
        cache = configuration.builder().build();
    }
}

package io.slabcache.tests.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.slabcache.diagnostics.Checks;
import io.slabcache.diagnostics.InvalidFreeException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

/**
 * An object can be used as a buffer and freed by that buffer, whatever its position and limit. A buffer of only a part
 * is refused.
 */
@InAllConfigurations
class BufferTest extends CacheContract {
    private ByteBuffer buffer() {
        return allocator().allocate().asByteBuffer();
    }

    @Test
    void aBufferFreesItsObjectWhereverPositionAndLimitAre() {
        ByteBuffer flipped = buffer();
        flipped.put((byte) 7).flip();
        allocator().freeBuffer(flipped);
        assertEquals(0, flipped.position());
        assertEquals(1, flipped.limit());

        ByteBuffer full = buffer();
        full.position(full.limit());
        allocator().freeBuffer(full);
        assertEquals(full.limit(), full.position());

        allocator().freeBuffer(buffer().duplicate());
        assertEquals(0, cache.stats().liveObjects());
    }

    @Test
    void aBufferOfAnotherPartIsRefused() {
        assumeTrue(configuration.checks() == Checks.STANDARD && configuration.objectSize() > 1);
        MemorySegment object = allocator().allocate();
        try {
            ByteBuffer buffer = object.asByteBuffer();
            assertRefused(InvalidFreeException.Kind.INTERIOR, buffer.slice(1, buffer.capacity() - 1));
            assertRefused(InvalidFreeException.Kind.WRONG_SIZE, buffer.slice(0, buffer.capacity() - 1));
            assertRefused(InvalidFreeException.Kind.FOREIGN, buffer.asReadOnlyBuffer());
            assertRefused(InvalidFreeException.Kind.FOREIGN, ByteBuffer.allocate(buffer.capacity()));
            assertRefused(InvalidFreeException.Kind.NULL, null);
        } finally {
            allocator().free(object);
        }
    }

    private void assertRefused(InvalidFreeException.Kind kind, ByteBuffer buffer) {
        InvalidFreeException refused =
                assertThrows(InvalidFreeException.class, () -> allocator().freeBuffer(buffer));
        assertEquals(kind, refused.kind(), refused::getMessage);
        assertEquals(1, cache.stats().liveObjects());
    }
}

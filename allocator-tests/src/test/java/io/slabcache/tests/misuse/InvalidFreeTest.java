package io.slabcache.tests.misuse;

import io.slabcache.diagnostics.InvalidFreeException.Kind;
import io.slabcache.tests.support.OtherThread;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Each kind of invalid free is refused and reported, in every form of the call. */
@ParameterizedClass(name = "{0}")
@MethodSource("io.slabcache.tests.misuse.MisuseContract$Setting#all")
class InvalidFreeTest extends MisuseContract {
    @Test
    void anObjectThatWasJustFreed() {
        MemorySegment object = allocator().allocate();
        allocator().free(object);
        assertSays(refused(Kind.DOUBLE_FREE, object), hex(object.address()), "free already");
    }

    @Test
    void anObjectThatWentBackToItsSlab() {
        MemorySegment object = allocator().allocate();
        allocator().free(object);
        allocator().flush();
        assertSays(refused(Kind.DOUBLE_FREE, object), hex(object.address()), "free already");
    }

    @Test
    void anObjectThatAnotherThreadFreed() {
        MemorySegment object = allocator().allocate();
        OtherThread.run(() -> cache.free(object));
        assertSays(refused(Kind.DOUBLE_FREE, object), hex(object.address()));
    }

    @Test
    void anObjectThatWasNeverHandedOut() {
        MemorySegment neighbour = cache.segment(good.address() + SIZE);
        assertSays(refused(Kind.DOUBLE_FREE, neighbour), hex(neighbour.address()));
    }

    @Test
    void anAddressInsideAnObject() {
        MemorySegment object = allocator().allocate();
        assertSays(
                refused(Kind.INTERIOR, object.asSlice(8)),
                hex(object.address() + 8),
                "8 bytes into",
                hex(object.address()) + " ");
        allocator().free(object);
    }

    @Test
    void theLastByteOfAnObject() {
        assertSays(refused(Kind.INTERIOR, good.asSlice(SIZE - 1)), (SIZE - 1) + " bytes into", hex(good.address()));
    }

    @Test
    void memoryFromElsewhere() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment foreign = arena.allocate(SIZE, 64);
            assertSays(refused(Kind.FOREIGN, foreign), hex(foreign.address()), "no slab of any cache");
        }
    }

    @Test
    void memoryThatIsGone() {
        MemorySegment foreign;
        try (Arena arena = Arena.ofConfined()) {
            foreign = arena.allocate(SIZE, 64);
        }
        assertSays(refused(Kind.FOREIGN, foreign), hex(foreign.address()));
    }

    @Test
    void anObjectOfAnotherCache() {
        MemorySegment object = other.allocate();
        assertSays(refused(Kind.WRONG_CACHE, object), hex(object.address()), "'victim'", "'neighbour'");
        other.free(object);
    }

    @Test
    void nothing() {
        refused(Kind.NULL, null);
    }
}

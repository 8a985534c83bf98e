package io.slabcache.tests.misuse;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.slabcache.diagnostics.InvalidFreeException.Kind;
import java.lang.foreign.MemorySegment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** A free is refused if the segment has the wrong size or kind, or if its memory was given back before. */
@ParameterizedClass(name = "{0}")
@MethodSource("io.slabcache.tests.misuse.MisuseContract$Setting#withSegments")
class InvalidSegmentTest extends MisuseContract {
    @Test
    void aSliceThatStartsLikeItsObject() {
        MemorySegment object = allocator().allocate();
        assertSays(
                refused(Kind.WRONG_SIZE, object.asSlice(0, SIZE - 1)),
                hex(object.address()),
                (SIZE - 1) + " bytes",
                "all " + SIZE);
        allocator().free(object);
    }

    @Test
    void aReadOnlyView() {
        MemorySegment object = allocator().allocate();
        assertSays(refused(Kind.FOREIGN, object.asReadOnly()), hex(object.address()), "read-only");
        allocator().free(object);
    }

    @Test
    void aHeapSegment() {
        assertSays(refused(Kind.FOREIGN, MemorySegment.ofArray(new byte[(int) SIZE])), "heap segment");
    }

    @Test
    void aHandleKeptSinceBeforeItsMemoryWasGivenBack() {
        allocator().free(good);
        MemorySegment kept = good;
        allocator().flush();
        cache.shrink();
        assertEquals(0, cache.stats().slabs());
        good = allocator().allocate();
        assertSays(refused(Kind.FOREIGN, kept), hex(kept.address()));
    }
}

package io.slabcache.tests.faults;

import io.slabcache.diagnostics.InvalidFreeException.Kind;
import java.lang.foreign.MemorySegment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Faults that only a segment can have. The numbers are those of {@link Fault}. */
@ParameterizedClass(name = "{0}")
@MethodSource("io.slabcache.tests.faults.Case#withSegments")
class SegmentFaultTest extends FaultContract {
    @Test
    void fault07_aSlice() {
        MemorySegment object = bystanders.getFirst();
        for (long bytes : new long[] {0, 1, SIZE - 1}) {
            refused(Kind.WRONG_SIZE, object.asSlice(0, bytes), hex(object.address()), bytes + " bytes", "all " + SIZE);
        }
    }

    @Test
    @SuppressWarnings("restricted") // the only way to make a segment that is too large
    void fault07_aSegmentThatIsTooLarge() {
        MemorySegment object = bystanders.getFirst().reinterpret(SIZE + 1);
        refused(Kind.WRONG_SIZE, object, hex(object.address()), SIZE + 1 + " bytes", "all " + SIZE);
    }

    @Test
    void fault07_aReadOnlyView() {
        MemorySegment object = bystanders.getFirst();
        refused(Kind.FOREIGN, object.asReadOnly(), hex(object.address()), "read-only");
    }

    @Test
    void fault07_aBufferAfterFlip() {
        MemorySegment object = bystanders.getFirst();
        MemorySegment flipped =
                MemorySegment.ofBuffer(object.asByteBuffer().position(4).flip());
        refused(Kind.WRONG_SIZE, flipped, hex(object.address()), "4 bytes", "flip()", "freeBuffer(buffer)");
    }

    @Test
    void fault07_aHeapSegment() {
        refused(Kind.FOREIGN, MemorySegment.ofArray(new byte[(int) SIZE]), "a heap segment");
    }
}

package io.slabcache.tests.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.slabcache.diagnostics.CorruptedObjectException;
import io.slabcache.diagnostics.MisuseReport;
import io.slabcache.diagnostics.MisuseReport.Kind;
import java.lang.foreign.MemorySegment;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Writes to memory that the program does not own. The numbers are those of {@link Fault}. */
class CorruptionFaultTest {
    @Nested
    @ParameterizedClass(name = "{0}")
    @MethodSource("io.slabcache.tests.faults.Case#withRedzones")
    class AroundAnObject extends FaultContract {
        @Test
        void fault13_oneByteBeforeTheStartOrPastTheEnd() {
            for (long offset : new long[] {-1, SIZE, SIZE + 3}) {
                MemorySegment object = one.allocate(cache);
                long address = object.address();
                addBystander();
                memory.spoil(address + offset);
                assertFound("redzone overwritten", address, offset, "0xcc");
                MisuseReport report = reported(CorruptedObjectException.class, () -> one.free(cache, object));
                assertEquals(Kind.REDZONE, report.kind());
                assertCorrupted(report, address, offset, "the redzone was restored and the object quarantined");
                assertEquals((byte) 0xcc, memory.read(address + offset));
            }
        }
    }

    @Nested
    @ParameterizedClass(name = "{0}")
    @MethodSource("io.slabcache.tests.faults.Case#withPoison")
    class InAFreeObject extends FaultContract {
        @Test
        void fault14_oneByteAfterTheFree() {
            for (long offset : new long[] {0, 7, SIZE - 1}) {
                MemorySegment object = one.allocate(cache);
                long address = object.address();
                one.free(cache, object);
                memory.spoil(address + offset);
                assertFound("written after free", address, offset, offset == SIZE - 1 ? "0xa5" : "0x6b");
                MisuseReport report = reported(CorruptedObjectException.class, this::allocateUntilItIsFound);
                assertEquals(Kind.USE_AFTER_FREE, report.kind());
                assertCorrupted(report, address, offset, "the poison was restored and the object quarantined");
            }
        }

        /** The object waits in quarantine until enough other objects were freed. */
        private void allocateUntilItIsFound() {
            int before = reports.size();
            for (int i = 0; i < 1_000 && reports.size() == before; i++) {
                one.free(cache, one.allocate(cache));
            }
        }
    }
}

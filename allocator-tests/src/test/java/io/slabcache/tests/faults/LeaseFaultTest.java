package io.slabcache.tests.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.slabcache.Lease;
import io.slabcache.diagnostics.CacheExhaustedException;
import io.slabcache.diagnostics.Debug;
import io.slabcache.diagnostics.InvalidFreeException.Kind;
import io.slabcache.tests.support.OtherThread;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Calls on a leased object without its lease. The numbers are those of {@link Fault}. */
@ParameterizedClass(name = "{0}")
@MethodSource("io.slabcache.tests.faults.Case#all")
class LeaseFaultTest extends FaultContract {
    private Lease lease() {
        try {
            return one.access().to(cache).allocateLeased();
        } catch (CacheExhaustedException e) {
            assertEquals(true, one.mode().has(Debug.FAULTS), e.getMessage());
            return one.access().to(cache).allocateLeased();
        }
    }

    private static void assertUnusable(Class<? extends RuntimeException> thrown, MemorySegment segment) {
        assertThrows(thrown, () -> segment.get(ValueLayout.JAVA_BYTE, 0));
        assertThrows(thrown, () -> segment.set(ValueLayout.JAVA_BYTE, SIZE - 1, (byte) 1));
        assertThrows(thrown, () -> segment.fill((byte) 1));
        assertThrows(thrown, () -> segment.asSlice(8).get(ValueLayout.JAVA_BYTE, 0));
        assertThrows(thrown, () -> segment.asReadOnly().get(ValueLayout.JAVA_BYTE, 0));
    }

    @Test
    void fault15_aUseAfterTheLease() {
        Lease lease = lease();
        MemorySegment segment = lease.segment();
        segment.fill((byte) 1);
        lease.close();
        assertUnusable(IllegalStateException.class, segment);
        assertThrows(IllegalStateException.class, lease::segment);
        MemorySegment next = one.allocate(cache);
        assertUnusable(IllegalStateException.class, segment);
        one.free(cache, next);
        assertEquals(0, cache.stats().misuses());
    }

    @Test
    void fault15_aUseAfterTheHandOver() {
        Lease lease = lease();
        MemorySegment segment = lease.segment();
        lease.handOver();
        assertUnusable(IllegalStateException.class, segment);
        lease.takeOver();
        assertUnusable(IllegalStateException.class, segment);
        lease.segment().fill((byte) 1);
        lease.close();
    }

    @Test
    void fault15_aUseByAnotherThread() {
        try (Lease lease = lease()) {
            MemorySegment segment = lease.segment();
            OtherThread.run(() -> assertUnusable(WrongThreadException.class, segment));
            OtherThread.runVirtual(() -> assertUnusable(WrongThreadException.class, segment));
        }
    }

    /** If the free succeeded, the lease would refer to free memory. */
    @Test
    void fault15_aFreeWhileTheLeaseLasts() {
        Lease lease = lease();
        MemorySegment segment = lease.segment();
        refused(Kind.DOUBLE_FREE, segment, hex(segment.address()), "its lease will free");
        refused(Kind.DOUBLE_FREE, cache.segment(segment.address()), "its lease will free");
        segment.fill((byte) 1);
        lease.close();
        assertEquals(2, cache.stats().misuses());
        refused(Kind.DOUBLE_FREE, cache.segment(segment.address()), "that is free already");
    }
}

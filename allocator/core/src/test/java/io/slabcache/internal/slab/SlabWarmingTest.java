package io.slabcache.internal.slab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slabcache.internal.util.FakeSource;
import io.slabcache.internal.util.FakeSource.FakeRegion;
import io.slabcache.internal.util.Threads;
import io.slabcache.internal.util.Threads.Running;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A slab can be touched while its objects are in use and while it is given back. */
@Timeout(60)
class SlabWarmingTest {
    /** The writes of an owner that a touch may overtake, at most. */
    private static final int MOST_WRITES = 20_000_000;

    /** Whether a write by another thread is lost while the memory is touched all the time. */
    private static boolean losesWrites(Consumer<MemorySegment> touch) throws Exception {
        try (Arena arena = Arena.ofShared()) {
            MemorySegment memory = arena.allocate(64, 64);
            AtomicBoolean done = new AtomicBoolean();
            Running<Void> toucher = Threads.start(() -> {
                while (!done.get()) {
                    touch.accept(memory);
                }
                return null;
            });
            boolean lost = false;
            for (int i = 1; i <= MOST_WRITES && !lost; i++) {
                memory.set(ValueLayout.JAVA_INT, 0, i);
                lost = (int) ValueLayout.JAVA_INT.varHandle().getVolatile(memory, 0L) != i;
            }
            done.set(true);
            toucher.result();
            return lost;
        }
    }

    @Test
    void anOwnersWritesStay() throws Exception {
        assertFalse(losesWrites(SlabWarming::touch));
    }

    @Test
    void aTouchThatWritesWhatItReadLosesWrites() throws Exception {
        assertTrue(losesWrites(memory -> {
            int read = memory.get(ValueLayout.JAVA_INT, 0);
            Thread.onSpinWait();
            memory.set(ValueLayout.JAVA_INT, 0, read);
        }));
    }

    @Test
    void anOwnersBytesStay() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment memory = arena.allocate(10_003, 64).fill((byte) 0xa5);
            SlabWarming.touch(memory);
            assertEquals(-1, memory.mismatch(arena.allocate(10_003).fill((byte) 0xa5)));
            SlabWarming.touch(memory.asSlice(0, 3));
            SlabWarming.touch(memory.asSlice(0, 4));
        }
    }

    @Test
    void allHandlesAreMadeUnlessNoneAreKept() {
        Slab keeps = Slabs.real(Slabs.geometry(24), 50);
        Slab none = Slabs.real(Slabs.geometry(24).handles(false), 50);
        assertNull(keeps.handleIfCreated(keeps.address(0)));
        SlabWarming.warm(List.of(keeps, none));
        assertNotNull(keeps.handleIfCreated(keeps.address(0)));
        assertNotNull(keeps.handleIfCreated(keeps.address(49)));
        assertNull(none.handleIfCreated(none.address(0)));
    }

    @Test
    void aSlabThatWasGivenBackIsLeftOut() {
        FakeSource source = new FakeSource();
        FakeRegion gone = (FakeRegion) source.allocate(6400, 64);
        Slab slab = Slabs.of(gone, Slabs.geometry(64), 100);
        Slab stays = Slabs.real(Slabs.geometry(64), 100);
        gone.close();
        SlabWarming.warm(List.of(slab, stays));
        assertNotNull(stays.handleIfCreated(stays.address(99)));
    }

    @Test
    void memoryThatOneThreadMayUseIsNotTakenForGivenBack() throws Exception {
        try (Arena arena = Arena.ofConfined()) {
            Slab slab = Slabs.of(new FakeSource().view(arena.allocate(6400, 64)), Slabs.geometry(64), 100);
            Running<Void> other = Threads.start(() -> {
                SlabWarming.warm(List.of(slab));
                return null;
            });
            assertThrows(WrongThreadException.class, other::result);
        }
    }
}

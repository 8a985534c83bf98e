package io.slabcache.tests.faults;

import static io.slabcache.tests.support.Texts.assertSays;
import static io.slabcache.tests.support.Texts.withoutIds;
import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slabcache.GenerationHandles;
import io.slabcache.ObjectAllocator;
import io.slabcache.diagnostics.Debug;
import io.slabcache.diagnostics.LiveObjectsException;
import io.slabcache.tests.support.Calls;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Faults at the end of a cache and after it. The numbers are those of {@link Fault}. */
@ParameterizedClass(name = "{0}")
@MethodSource("io.slabcache.tests.faults.Case#all")
class EndFaultTest extends FaultContract {
    @AfterEach
    @Override
    void everythingIsInOrderAndGoesOn() {
        checkInOrder();
        cache.closeNow();
        log.close();
        assertEquals(0, memory.regions());
        assertEquals(0, cache.stats().reservedBytes());
        assertEquals(0, reports.size());
    }

    @Test
    void fault08_aFreeAfterTheEnd() {
        ObjectAllocator allocator = one.access().to(cache);
        GenerationHandles handles = allocator.generations();
        long handle = one.tryTwice(handles::tryAllocate);
        MemorySegment object = bystanders.getFirst();
        cache.closeNow();
        assertClosed("free of a handle", () -> handles.free(handle));
        assertClosed("free", () -> one.form().free(allocator, object, object));
        assertClosed("free of nothing", () -> one.form().free(allocator, object, null));
        assertEquals(0, cache.stats().misuses());
    }

    @Test
    void fault09_everyCallAfterTheEnd() {
        ObjectAllocator allocator = one.access().to(cache);
        MemorySegment object = bystanders.getFirst();
        cache.closeNow();
        assertAll(Calls.freeing(object, object.address()).entrySet().stream()
                .map(call ->
                        () -> assertClosed(call.getKey(), () -> call.getValue().accept(allocator))));
    }

    private static void assertClosed(String what, Executable call) {
        IllegalStateException refused = assertThrows(IllegalStateException.class, call, what);
        assertEquals("cache 'victim' is closed", withoutIds(refused.getMessage()), what);
        assertEquals(IllegalStateException.class, refused.getClass(), what);
    }

    @Test
    void fault10_aSegmentThatIsUsedAfterTheEnd() {
        MemorySegment freed = one.allocate(cache);
        one.free(cache, freed);
        MemorySegment live = bystanders.getFirst();
        cache.closeNow();
        for (MemorySegment object : new MemorySegment[] {live, freed, live.asSlice(8), live.asReadOnly()}) {
            assertThrows(IllegalStateException.class, () -> object.get(ValueLayout.JAVA_BYTE, 0));
        }
        assertThrows(IllegalStateException.class, () -> live.set(ValueLayout.JAVA_BYTE, 0, (byte) 1));
        assertThrows(IllegalStateException.class, () -> live.fill((byte) 1));
    }

    @Test
    void fault11_liveObjectsAtTheEnd() throws Throwable {
        addBystander();
        LiveObjectsException refused = assertThrows(LiveObjectsException.class, cache::close);
        assertEquals(2, refused.liveObjects());
        assertEquals(2, refused.sampleAddresses().length);
        assertSays(refused.getMessage(), "cache 'victim' cannot be closed: 2 objects are live");
        for (MemorySegment object : bystanders) {
            assertSays(refused.getMessage(), hex(object.address()));
        }
        boolean isTracked = one.mode().has(Debug.TRACKING);
        assertEquals(isTracked, refused.getMessage().contains("\nallocated at "));
        assertEquals(
                isTracked ? 2 : 0,
                refused.allocTraces().stream().mapToLong(trace -> trace.count()).sum());
        super.everythingIsInOrderAndGoesOn();
    }

    @Test
    void fault12_anEndAfterTheEnd() {
        one.free(cache, bystanders.getFirst());
        cache.close();
        cache.close();
        cache.closeNow();
        assertFalse(cache.owns(bystanders.getFirst().address()));
        assertTrue(cache.validate().isClean());
    }
}

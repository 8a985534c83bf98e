package io.slabcache.tests.faults;

import static io.slabcache.tests.support.Texts.assertSays;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slabcache.GenerationHandles;
import io.slabcache.diagnostics.Debug;
import io.slabcache.diagnostics.InvalidFreeException;
import io.slabcache.diagnostics.InvalidFreeException.Kind;
import io.slabcache.diagnostics.MisuseReport;
import io.slabcache.diagnostics.StaleHandleException;
import io.slabcache.tests.support.FreeForm;
import java.lang.foreign.MemorySegment;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Second frees of an object that has another owner by now. The numbers are those of {@link Fault}. */
@ParameterizedClass(name = "{0}")
@MethodSource("io.slabcache.tests.faults.Case#all")
class StaleFaultTest extends FaultContract {
    /** More than the quarantine holds. */
    private static final int MOST_ALLOCATIONS = 1_000;

    private GenerationHandles handles;

    /** A local view belongs to the thread of the test. */
    @BeforeEach
    void warmUp() throws Throwable {
        one.access().run(() -> {
            handles = one.access().to(cache).generations();
            handles.free(one.tryTwice(handles::tryAllocate));
        });
    }

    private GenerationHandles handles() {
        return one.access().isVirtual() ? one.access().to(cache).generations() : handles;
    }

    /** Expects that a free and a look-up of a stale handle are refused. */
    private void refusedAsStale(long handle, long address) {
        GenerationHandles handles = handles();
        assertFalse(handles.isLive(handle));
        long frees = cache.stats().frees();
        MisuseReport report = reported(InvalidFreeException.class, () -> handles.free(handle));
        assertEquals(MisuseReport.Kind.DOUBLE_FREE, report.kind());
        assertEquals(address, report.object());
        assertSays(report.text(), "cache 'victim'", "free of handle", hex(address), "that was freed since");
        assertEquals(frees, cache.stats().frees());
        StaleHandleException refused = assertThrows(StaleHandleException.class, () -> handles.segment(handle));
        assertSays(refused.getMessage(), "look-up of handle", hex(address));
    }

    @Test
    void fault03_aHandleOfAnObjectThatWasFreedInAnotherWay() {
        long handle = one.tryTwice(handles()::tryAllocate);
        MemorySegment object = handles().segment(handle);
        one.free(cache, object);
        refusedAsStale(handle, object.address());
    }

    @Test
    void fault03_aHandleOfAnObjectWithAnotherOwner() {
        long handle = one.tryTwice(handles()::tryAllocate);
        long address = handles().address(handle);
        handles().free(handle);
        // Single calls reuse the object that was freed last; a bulk does not.
        Case single = one.form().isBulk() ? one.with(FreeForm.SEGMENT) : one;
        MemorySegment object = single.allocate(cache);
        for (int i = 0; object.address() != address; i++) {
            assertTrue(i < MOST_ALLOCATIONS, "the object does not come back");
            one.free(cache, object);
            object = single.allocate(cache);
        }
        refusedAsStale(handle, address);
        one.free(cache, object);
    }

    @Test
    void fault03_aHandleOfAnObjectThatHasAnotherHandle() {
        long handle = one.tryTwice(handles()::tryAllocate);
        long address = handles().address(handle);
        handles().free(handle);
        long other = one.tryTwice(handles()::tryAllocate);
        for (int i = 0; handles().address(other) != address; i++) {
            assertTrue(i < MOST_ALLOCATIONS, "the object does not come back");
            handles().free(other);
            other = one.tryTwice(handles()::tryAllocate);
        }
        assertNotEquals(handle, other);
        refusedAsStale(handle, address);
        assertTrue(handles().isLive(other));
        handles().free(other);
    }

    /**
     * If objects wait before they are reused, the bad free is refused. Otherwise an address does not identify its
     * owner: the bad free succeeds, and the new owner's free is reported. Either way there is one report.
     */
    @Test
    void fault03_anAddressOfAnObjectThatMayHaveAnotherOwner() {
        MemorySegment object = one.allocate(cache);
        long address = object.address();
        one.free(cache, object);
        MemorySegment next = one.allocate(cache);
        boolean hasAnotherOwner = next.address() == address;
        assertFalse(hasAnotherOwner && one.mode().has(Debug.POISON));
        if (hasAnotherOwner) {
            one.free(cache, object);
        }
        refused(Kind.DOUBLE_FREE, object, hex(address), "that is free already");
        if (!hasAnotherOwner) {
            one.free(cache, next);
        }
    }
}

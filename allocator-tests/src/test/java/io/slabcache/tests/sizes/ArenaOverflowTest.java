package io.slabcache.tests.sizes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slabcache.SlabAllocator;
import io.slabcache.memory.MemoryRegion;
import io.slabcache.memory.MemorySource;
import io.slabcache.tests.support.InAnotherJvm;
import io.slabcache.tests.support.ScriptedSource;
import java.lang.foreign.Arena;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A close of an arena that an error cut short is completed by another one; each object goes back once. */
@InAnotherJvm
class ArenaOverflowTest extends OverflowContract {
    private static final int CASES = 18;

    /** Without a compiler, each call has a frame of its own where the stack may end. */
    @ParameterizedTest
    @ValueSource(strings = {"-Xint", "-Xmixed"})
    void nothingIsLeft(String option) {
        List<String> found = run(ArenaOverflows.class, "good", option);
        assertEquals(CASES, found.size());
        assertTrue(found.stream().allMatch(line -> line.matches(".*: overflows \\d{2,}, left 0")), found::toString);
    }

    @Test
    void aCloseThatIsNotRepeatedIsCaught() {
        List<String> found = run(ArenaOverflows.class, "bad", "-Xint");
        assertTrue(found.stream().anyMatch(line -> line.matches("CONFINED .*, left [1-9].*")), found::toString);
    }

    @Test
    void anErrorOfTheSourceLeavesTheOthersToTheNextClose() {
        AtomicBoolean fails = new AtomicBoolean();
        MemorySource source = (bytes, alignment) -> {
            MemoryRegion region = MemorySource.arena().allocate(bytes, alignment);
            return new ScriptedSource.Region(region.segment(), () -> {
                region.close();
                if (fails.getAndSet(false)) {
                    throw new AssertionError("planted");
                }
            });
        };
        try (SlabAllocator allocator =
                SlabAllocator.builder("edge").memory(source).build()) {
            for (Supplier<Arena> each : List.<Supplier<Arena>>of(allocator::arena, allocator::sharedArena)) {
                Arena arena = each.get();
                for (int i = 0; i < 3; i++) {
                    arena.allocate(100_000);
                }
                fails.set(true);
                assertEquals(
                        "planted",
                        assertThrows(AssertionError.class, arena::close).getMessage());
                arena.close();
                assertThrows(IllegalStateException.class, arena::close);
                assertEquals(0, allocator.stats().liveObjects());
            }
        }
    }
}

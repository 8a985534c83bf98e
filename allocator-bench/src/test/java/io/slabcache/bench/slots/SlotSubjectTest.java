package io.slabcache.bench.slots;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each subject gives each slot memory of its own, and does without a growth where its settings promise that. */
class SlotSubjectTest {

    private static final SlotPlan PLAN = new SlotPlan(4_096, 256, 1_024);

    @ParameterizedTest
    @MethodSource("io.slabcache.bench.slots.SlotSubject#onAnyMachine")
    void objectsAreTheirOwn(SlotSubject subject) throws Exception {
        try (SlotAllocator allocator = subject.open(PLAN)) {
            SlotThread.call(allocator, () -> {
                for (int slot = 0; slot < PLAN.slots(); slot++) {
                    allocator.allocate(slot);
                    allocator.write(slot, slot);
                }
                for (int slot = 0; slot < PLAN.slots(); slot++) {
                    if (allocator instanceof AddressSlots addresses) {
                        assertEquals(slot, AddressSlots.read(addresses.address(slot)));
                    }
                    allocator.free(slot);
                }
                return allocator.shrink();
            });
            if (subject == SlotSubject.RESERVE) {
                assertEquals(0, allocator.growthStalls().orElseThrow().count());
            } else if (subject == SlotSubject.SLABCACHE) {
                assertTrue(allocator.growthStalls().orElseThrow().count() > 0);
            }
        }
    }

    /** The subject measures no other pages than those it is named after. */
    @Test
    void withoutAPoolOfHugePagesItsSubjectFails() throws IOException {
        Path memory = Path.of("/proc/meminfo");
        assumeTrue(Files.exists(memory), "no Linux");
        assumeTrue(Files.readString(memory).matches("(?s).*HugePages_Free: +0\n.*"), "huge pages are there");
        Exception refused = assertThrows(Exception.class, () -> {
            try (SlotAllocator allocator = SlotSubject.POOL.open(PLAN)) {
                SlotThread.call(allocator, () -> {
                    allocator.allocate(0);
                    return null;
                });
            }
        });
        assertTrue(refused.getMessage().contains("sysctl vm.nr_hugepages"), refused::getMessage);
    }
}

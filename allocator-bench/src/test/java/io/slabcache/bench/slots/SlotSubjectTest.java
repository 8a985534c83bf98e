package io.slabcache.bench.slots;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each subject gives each slot memory of its own, and does without a growth where its settings promise that. */
class SlotSubjectTest {

    private static final SlotPlan PLAN = new SlotPlan(4_096, 256, 1_024);

    @ParameterizedTest
    @EnumSource(SlotSubject.class)
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
}

package io.slabcache.tests.soak;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The cookie protects every byte, and identifies its writer. */
class ContentsTest {
    private static final Mark MARK = new Mark(true, 1_234, 654_321, 77_777);

    @ParameterizedTest
    @ValueSource(longs = {1, 5, 8, 13, 200})
    void everyByteIsGuarded(long size) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment object = arena.allocate(size);
            Contents.fill(object, MARK);
            Contents.check(object, MARK);
            for (long place = 0; place < size; place++) {
                byte good = object.get(ValueLayout.JAVA_BYTE, place);
                object.set(ValueLayout.JAVA_BYTE, place, (byte) (good ^ 1));
                assertThrows(AssertionError.class, () -> Contents.check(object, MARK));
                object.set(ValueLayout.JAVA_BYTE, place, good);
            }
            Contents.check(object, MARK);
        }
    }

    @Test
    void theContentsOfOneObjectAreWrongInAnother() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment objects = arena.allocate(48);
            Contents.fill(objects.asSlice(0, 24), MARK);
            objects.asSlice(24, 24).copyFrom(objects.asSlice(0, 24));
            assertThrows(AssertionError.class, () -> Contents.check(objects.asSlice(24, 24), MARK));
        }
    }

    @Test
    void anObjectTellsWhoWroteIt() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment object = arena.allocate(24);
            Contents.fill(object, MARK);
            assertEquals(MARK, Contents.writer(object));
            AssertionError inUse = assertThrows(AssertionError.class, () -> Contents.checkFree(object));
            assertTrue(inUse.getMessage().contains(MARK.toString()), inUse.getMessage());
            Contents.fill(object, MARK.freed());
            assertEquals(MARK.freed(), Contents.writer(object));
            Contents.checkFree(object);
        }
    }

    @Test
    void oneByteThatIsNotZeroIsFound() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment object = arena.allocate(24);
            Contents.checkZero(object);
            object.set(ValueLayout.JAVA_BYTE, 23, (byte) 1);
            assertThrows(AssertionError.class, () -> Contents.checkZero(object));
        }
    }
}

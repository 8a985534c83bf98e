package io.slabcache.internal.cache;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slabcache.internal.slab.Generations;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A generation handle packs an address and a generation into one {@code long} and loses no bit of either. An address
 * that the format cannot hold is detected.
 */
class HandleFormatTest {
    @ParameterizedTest
    @ValueSource(longs = {8, 0x7f00_1234_0040L, 0xffff_ffff_fff8L})
    void addressAndGenerationAreRestored(long address) {
        for (int generation : new int[] {0, 1, 0x2aaaa, Generations.LAST_GENERATION}) {
            long handle = HandleFormat.handle(address, generation);
            assertNotEquals(0, handle);
            assertEquals(address, HandleFormat.address(handle));
            assertEquals(generation, HandleFormat.generation(handle));
        }
        assertTrue(HandleFormat.fits(address));
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, -1, Long.MIN_VALUE, Long.MAX_VALUE, 0x7f00_1234_0040L})
    void anyNumberHasAnAlignedAddressOf48BitsAndAGeneration(long handle) {
        long address = HandleFormat.address(handle);
        int generation = HandleFormat.generation(handle);
        assertEquals(0, address & (HandleFormat.ALIGNMENT - 1 | -1L << 48));
        assertTrue(generation >= 0 && generation <= Generations.LAST_GENERATION);
        assertEquals(handle, HandleFormat.handle(address, generation), "no bit is lost or unused");
    }

    @ParameterizedTest
    @ValueSource(longs = {1L << 48, -8, 4, 0x7f00_1234_0041L})
    void anAddressThatDoesNotFitIsDetected(long address) {
        assertFalse(HandleFormat.fits(address));
    }

    @Test
    void theGenerationIsAsLongAsTheDocumentationSays() {
        assertEquals(524_288, Generations.LAST_GENERATION + 1);
    }
}

package io.slabcache.internal.sizes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** The classes have room for each size, and waste no more than promised. */
class SizeClassesTest {
    private static long classOf(long bytes) {
        return SizeClasses.bytes(SizeClasses.number(bytes));
    }

    private static double waste(long bytes) {
        return (double) (classOf(bytes) - bytes) / classOf(bytes);
    }

    @Test
    void eachSizeHasTheSmallestClassWithRoom() {
        for (long bytes = 1; bytes <= SizeClasses.LARGEST; bytes++) {
            int number = SizeClasses.number(bytes);
            assertTrue(classOf(bytes) >= bytes, "no room for " + bytes);
            assertTrue(number <= SizeClasses.FIRST || SizeClasses.bytes(number - 1) < bytes, "too large for " + bytes);
            assertTrue(bytes >= SizeClasses.leastBytes(number), "below the range: " + bytes);
        }
        assertEquals(SizeClasses.COUNT - 1, SizeClasses.number(SizeClasses.LARGEST));
    }

    @Test
    void theSizeOfAClassIsInIt() {
        for (int number = SizeClasses.FIRST; number < SizeClasses.COUNT; number++) {
            assertEquals(number, SizeClasses.number(SizeClasses.bytes(number)));
        }
    }

    /** 17 bytes are the exception that the documents name. */
    @Test
    void noMoreThanAQuarterIsUnused() {
        for (long bytes = 18; bytes <= SizeClasses.LARGEST; bytes++) {
            assertTrue(waste(bytes) <= 0.25, "bytes " + bytes + ", class " + classOf(bytes));
        }
        for (long bytes = 33; bytes <= SizeClasses.LARGEST; bytes++) {
            assertTrue(waste(bytes) < 0.2, "bytes " + bytes + ", class " + classOf(bytes));
        }
        assertEquals(24, classOf(17));
    }

    @Test
    void aTwelfthIsUnusedOnAverage() {
        for (long from = 32; from < SizeClasses.LARGEST; from *= 2) {
            double sum = 0;
            for (long bytes = from + 1; bytes <= 2 * from; bytes++) {
                sum += waste(bytes);
            }
            assertTrue(sum / from < 1.0 / 12, "of sizes up to " + 2 * from + ": " + sum / from);
        }
    }

    @Test
    void alignmentsAreThoseOfTheClass() {
        for (long alignment = 1; alignment <= SizeClasses.LARGEST_ALIGNMENT; alignment *= 2) {
            for (long bytes = 1; bytes <= SizeClasses.LARGEST; bytes += 7) {
                int number = SizeClasses.number(bytes, alignment);
                assertTrue(SizeClasses.bytes(number) >= bytes);
                assertEquals(0, SizeClasses.bytes(number) % alignment);
                assertTrue(SizeClasses.alignment(number) >= alignment);
            }
        }
        for (int number = SizeClasses.FIRST; number < SizeClasses.COUNT; number++) {
            assertTrue(SizeClasses.alignment(number) >= AnySize.SURE_ALIGNMENT);
            assertEquals(0, SizeClasses.bytes(number) % SizeClasses.alignment(number));
        }
    }
}

package io.slabcache.tests.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slabcache.SlabCache;
import io.slabcache.SlabCacheBuilder;
import io.slabcache.diagnostics.Debug;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The builder checks every argument when it is given. The exception says what was given and what is allowed. */
class BuilderTest {
    private static final long LARGEST = 1L << 30;

    @ParameterizedTest
    @ValueSource(longs = {0, -1, Long.MIN_VALUE, LARGEST + 1, Long.MAX_VALUE})
    void anImpossibleSizeIsRefused(long size) {
        assertRefused(() -> SlabCache.builder("b", size), "objectSize is " + size, "1 to 2^30");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\t\n"})
    void aBlankNameIsRefused(String name) {
        assertRefused(() -> SlabCache.builder(name, 8), "name is '" + name + "'", "expected");
        assertRefused(() -> SlabCache.builder(name, ValueLayout.JAVA_INT), "name is '" + name + "'", "expected");
    }

    @Test
    void aMissingArgumentIsNamed() {
        assertMissing("name", () -> SlabCache.builder(null, 8));
        assertMissing("name", () -> SlabCache.builder(null, ValueLayout.JAVA_INT));
        assertMissing("layout", () -> SlabCache.builder("b", null));
        assertMissing("constructor", () -> builder().constructor(null));
        assertMissing("checks", () -> builder().checks(null));
        assertMissing("policy", () -> builder().onMisuse(null));
        assertMissing("source", () -> builder().memory(null));
        assertMissing("unused", () -> builder().trimAfter(null));
        assertMissing("keeper", () -> builder().keeper(null));
        assertMissing("ways", () -> builder().debug(Debug.SANITY, null));
        assertMissing("ways", () -> builder().debug((Debug) null));
    }

    private static void assertMissing(String argument, Executable call) {
        NullPointerException refused = assertThrows(NullPointerException.class, call, argument);
        assertTrue(("" + refused.getMessage()).contains(argument), () -> argument + ": " + refused.getMessage());
    }

    static Stream<Arguments> badArguments() {
        return Stream.of(
                        Stream.of(0, -1, 3, 24, LARGEST + 1, LARGEST * 2, Long.MIN_VALUE, Long.MAX_VALUE)
                                .map(v -> bad(
                                        "alignment", v.longValue(), "power of two", b -> b.alignment(v.longValue()))),
                        Stream.of(0L, -1L, Long.MIN_VALUE)
                                .map(v -> bad("maxObjects", v, "1 or more", b -> b.maxObjects(v))),
                        Stream.of(0L, -1L, 99L, Long.MIN_VALUE)
                                .map(v -> bad("maxBytes", v, "at least one object of 100", b -> b.maxBytes(v))),
                        Stream.of(0L, -1L, 99L, LARGEST + 1, Long.MAX_VALUE)
                                .map(v -> bad("slabBytes", v, "at least one object of 100", b -> b.slabBytes(v))),
                        Stream.of(0, -1, 65_537, Integer.MIN_VALUE, Integer.MAX_VALUE)
                                .map(v -> bad("magazineCapacity", v, "1 to 65536", b -> b.magazineCapacity(v))),
                        Stream.of(0L, -1L, Long.MIN_VALUE).map(v -> bad("reserve", v, "1 or more", b -> b.reserve(v))),
                        Stream.of(0L, -1L, Long.MIN_VALUE)
                                .map(v -> bad("growAhead", v, "1 or more", b -> b.growAhead(v))))
                .flatMap(cases -> cases);
    }

    private static Arguments bad(String argument, long given, String expected, UnaryOperator<SlabCacheBuilder> call) {
        return Arguments.of(argument, given, expected, call);
    }

    @ParameterizedTest(name = "{0}({1})")
    @MethodSource("badArguments")
    void anImpossibleValueIsRefusedWhenGiven(
            String argument, long given, String expected, UnaryOperator<SlabCacheBuilder> call) {
        SlabCacheBuilder builder = builder();
        assertRefused(() -> call.apply(builder), argument + " is " + given, expected);
        try (SlabCache cache = builder.build()) {
            assertEquals(8, cache.alignment(), "a refused value was taken over");
        }
    }

    @Test
    void aTimeThatIsTooShortOrTooLongIsRefused() {
        for (Duration wrong : List.of(
                Duration.ZERO,
                Duration.ofMillis(-1),
                Duration.ofNanos(999_999),
                Duration.ofDays(36_501),
                Duration.ofSeconds(Long.MAX_VALUE))) {
            assertRefused(() -> builder().trimAfter(wrong), "trimAfter is " + wrong, "PT0.001S to PT876000H");
        }
        builder()
                .trimAfter(Duration.ofMillis(1))
                .trimAfter(Duration.ofDays(36_500))
                .build()
                .close();
    }

    @Test
    void aContradictionBetweenSettingsIsRefusedByBuild() {
        assertRefused(() -> builder().slabBytes(100).build(), "slabBytes is 100", "at least 104");
        assertRefused(() -> builder().maxBytes(101).build(), "maxBytes is 101", "at least 104");
        assertRefused(
                () -> builder().alignment(256).slabBytes(128).build(), "slabBytes is 128", "100 bytes aligned to 256");
    }

    @Test
    void aLayoutGivesSizeAndAlignment() {
        MemoryLayout layout = MemoryLayout.structLayout(ValueLayout.JAVA_LONG, ValueLayout.JAVA_INT)
                .withByteAlignment(32);
        try (SlabCache cache = SlabCache.builder("layout", layout).build()) {
            assertEquals(12, cache.objectSize());
            assertEquals(32, cache.alignment());
            MemorySegment object = cache.allocate();
            assertEquals(12, object.byteSize());
            assertEquals(0, object.address() % 32);
            cache.free(object);
        }
        assertRefused(() -> SlabCache.builder("empty", MemoryLayout.structLayout()), "objectSize is 0", "1 to 2^30");
    }

    @Test
    void theSmallerOfTwoBoundsHolds() {
        try (SlabCache byBytes =
                        builder().maxObjects(100).maxBytes(104 * 5 + 103).build();
                SlabCache byCount = builder().maxObjects(3).maxBytes(1 << 20).build()) {
            assertEquals(5, byBytes.stats().maxObjects());
            assertEquals(3, byCount.stats().maxObjects());
        }
    }

    @Test
    void slabBytesIsRoundedDownToWholeObjects() {
        try (SlabCache cache = builder().slabBytes(104 * 7 + 50).build()) {
            cache.free(cache.allocate());
            assertEquals(7, cache.stats().totalObjects());
            assertEquals(1, cache.stats().slabs());
        }
    }

    @Test
    void aBuilderBuildsIndependentCaches() {
        SlabCacheBuilder builder = builder();
        try (SlabCache one = builder.build();
                SlabCache two = builder.build()) {
            long address = one.allocateAddress();
            assertEquals(1, one.stats().liveObjects());
            assertEquals(0, two.stats().totalObjects());
            one.freeAddress(address);
        }
    }

    @Test
    void theMagazineCapacityLimitsWhatAThreadKeeps() {
        try (SlabCache cache = builder().magazineCapacity(5).build()) {
            assertEquals(10, cache.prefill(1_000));
        }
    }

    private static SlabCacheBuilder builder() {
        return SlabCache.builder("b", 100);
    }

    private static void assertRefused(Executable call, String given, String expected) {
        IllegalArgumentException refused = assertThrows(IllegalArgumentException.class, call);
        assertTrue(refused.getMessage().contains(given), refused.getMessage());
        assertTrue(refused.getMessage().contains(expected), refused.getMessage());
    }
}

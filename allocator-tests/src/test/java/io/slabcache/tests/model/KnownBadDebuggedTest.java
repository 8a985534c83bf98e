package io.slabcache.tests.model;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slabcache.diagnostics.Debug;
import io.slabcache.diagnostics.InvalidFreeException;
import io.slabcache.tests.support.LogCapture;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The model test finds faults of debugged caches: each cache here has one, and is caught. */
@ParameterizedClass(name = "{0}")
@MethodSource("setups")
class KnownBadDebuggedTest {
    private static final int STEPS = 600;

    @Parameter
    Setup setup;

    static Stream<Setup> setups() {
        return Stream.concat(Stream.of(Debug.values()).map(List::of), Stream.of(List.of(Debug.values())))
                .flatMap(ways -> Stream.of(Setup.debugged(ways, false), Setup.debugged(ways, true)));
    }

    /** The finding depends on whether the faulty call was a legal one. */
    private void assertCaught(long seed, String finding, Function<Watched, Pool> faulty) {
        LogCapture log = new LogCapture();
        try (log) {
            Watched cache = setup.build();
            Driver driver = new Driver(setup, faulty.apply(cache), new SplittableRandom(seed));
            AssertionError caught =
                    assertThrows(AssertionError.class, () -> driver.run(STEPS, 1), () -> "seed " + seed);
            assertTrue(
                    Pattern.compile(finding).matcher(caught.getMessage()).find(),
                    () -> "seed " + seed + ", " + caught.getMessage());
            cache.cache().closeNow();
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void aFreeThatIsLost(long seed) {
        assertCaught(seed, "live objects|no report of a misuse", cache -> new FaultyPool(cache) {
            @Override
            public void free(Form form, long address) {
                if (!isTime()) {
                    super.free(form, address);
                }
            }
        });
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void aDoubleFreeThatIsNotReported(long seed) {
        assertCaught(seed, "no report of a misuse", cache -> new FaultyPool(cache) {
            @Override
            public void free(Form form, long address) {
                try {
                    super.free(form, address);
                } catch (InvalidFreeException e) {
                    if (!isTime()) {
                        throw e;
                    }
                }
            }
        });
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void exhaustionMoreOftenThanWasOrdered(long seed) {
        assertCaught(seed, "exhausted below the bound|exhaustions", cache -> new FaultyPool(cache) {
            private int refusals;

            @Override
            public long tryAllocate(Form form) {
                refusals = isTime() ? 10 : Math.max(0, refusals - 1);
                return refusals > 0 ? 0 : super.tryAllocate(form);
            }
        });
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void aWriteAfterFree(long seed) {
        Function<Watched, Pool> writing = cache -> new FaultyPool(cache) {
            @Override
            public void free(Form form, long address) {
                super.free(form, address);
                if (isTime()) {
                    super.segment(address).set(ValueLayout.JAVA_BYTE, 3, (byte) 1);
                }
            }
        };
        if (setup.debug().contains(Debug.POISON)) {
            assertCaught(seed, "written after free", writing);
        } else {
            AssertionError unnoticed = assertThrows(
                    AssertionError.class, () -> assertCaught(seed, "written after free", writing), "without poison");
            assertTrue(unnoticed.getMessage().contains("nothing was thrown"), unnoticed.getMessage());
        }
    }
}

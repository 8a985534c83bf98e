package io.slabcache.tests.model;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slabcache.diagnostics.CacheValidation;
import io.slabcache.diagnostics.CorruptedObjectException;
import io.slabcache.diagnostics.Debug;
import io.slabcache.diagnostics.MisusePolicy;
import io.slabcache.diagnostics.MisuseReport;
import io.slabcache.tests.support.LogCapture;
import io.slabcache.tests.support.Memory;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** The model test finds caches that miss some illegal writes: each cache here does, and is caught. */
@ParameterizedClass(name = "{0}")
@MethodSource("setups")
class KnownBadWritesTest {
    private static final int STEPS = 3_000;
    private static final long SEED = 1;

    @Parameter
    Setup setup;

    /** Keeps warnings and the trace off the console. */
    private final LogCapture log = new LogCapture();

    static Stream<Setup> setups() {
        return Stream.of(
                Setup.debugged(List.of(Debug.REDZONES, Debug.POISON), false),
                Setup.debugged(List.of(Debug.values()), true),
                Setup.GUARDED);
    }

    @AfterEach
    void stopListening() {
        log.close();
    }

    /** Can undo illegal writes while the cache checks, and repeat them afterwards. */
    private static class BlindPool extends CachePool {
        private final Memory memory;
        private final Set<Long> spoiled = new LinkedHashSet<>();

        BlindPool(Watched watched) {
            super(watched, watched.cache());
            this.memory = watched.memory();
        }

        @Override
        public void spoil(long address) {
            spoiled.add(address);
            super.spoil(address);
        }

        <T> T blindly(Supplier<T> call) {
            spoiled.forEach(super::spoil);
            try {
                return call.get();
            } finally {
                spoiled.stream().filter(memory::has).forEach(super::spoil);
            }
        }

        void blindly(Runnable call) {
            blindly(() -> {
                call.run();
                return null;
            });
        }

        /** Reported damage is repaired. */
        @Override
        public List<MisuseReport> takeReports() {
            List<MisuseReport> reports = super.takeReports();
            reports.forEach(report -> spoiled.remove(report.address()));
            return reports;
        }
    }

    private void assertCaught(String finding, Function<Watched, Pool> faulty) {
        Watched watched = setup.build();
        Driver driver = new Driver(setup, faulty.apply(watched), new SplittableRandom(SEED));
        AssertionError caught = assertThrows(AssertionError.class, () -> {
            driver.run(STEPS, 1);
            driver.close();
        });
        assertTrue(caught.getMessage().contains(finding), caught.getMessage());
        watched.cache().closeNow();
    }

    @Test
    void theSameDriverFindsNothingInTheRealCache() {
        Watched watched = setup.build();
        Driver driver = new Driver(setup, new BlindPool(watched), new SplittableRandom(SEED));
        driver.run(STEPS, 1);
        driver.close();
        assertTrue(driver.reportedWrites() > 20, driver.reportedWrites() + " writes were reported");
    }

    @Test
    void aWalkThatDoesNotLook() {
        assertCaught("a walk has not found what was written", watched -> new BlindPool(watched) {
            @Override
            public CacheValidation validate() {
                return blindly(super::validate);
            }
        });
    }

    @Test
    void aFreeThatDoesNotLook() {
        assertCaught("no report of a write, or another one", watched -> new BlindPool(watched) {
            @Override
            public void free(Form form, long address) {
                blindly(() -> super.free(form, address));
            }
        });
    }

    @Test
    void anAllocationThatDoesNotLook() {
        assertCaught("no report of a write to what is handed out", watched -> new BlindPool(watched) {
            @Override
            public long tryAllocate(Form form) {
                return blindly(() -> super.tryAllocate(form));
            }

            @Override
            public long allocate(Form form) {
                return blindly(() -> super.allocate(form));
            }

            @Override
            public boolean allocateBulk(Form form, long[] addresses, int offset, int count) {
                return blindly(() -> super.allocateBulk(form, addresses, offset, count));
            }
        });
    }

    @Test
    void aShrinkOrACloseThatDoesNotLook() {
        assertCaught("no report of a write to memory that went back", watched -> new BlindPool(watched) {
            @Override
            public long shrink() {
                return blindly(super::shrink);
            }

            @Override
            public void close() {
                blindly(super::close);
            }
        });
    }

    @Test
    void aReportOfTheWrongObject() {
        assertCaught("report of", watched -> new BlindPool(watched) {
            @Override
            public List<MisuseReport> takeReports() {
                List<MisuseReport> reports = new ArrayList<>();
                for (MisuseReport r : super.takeReports()) {
                    reports.add(new MisuseReport(
                            r.cache(),
                            r.cacheId(),
                            r.kind(),
                            r.address(),
                            r.object() + 8,
                            r.index(),
                            r.slab(),
                            r.allocated(),
                            r.freed(),
                            r.text()));
                }
                return reports;
            }
        });
    }

    @Test
    void aReportThatIsCountedButNotThrown() {
        assertTrue(setup.policy() == MisusePolicy.THROW);
        assertCaught("nothing thrown for a write", watched -> new BlindPool(watched) {
            @Override
            public void free(Form form, long address) {
                try {
                    super.free(form, address);
                } catch (CorruptedObjectException e) {
                    // Swallowed: this is the fault that has to be caught.
                }
            }
        });
    }
}

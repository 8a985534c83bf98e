package io.slabcache.tests.soak;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/**
 * A few seconds of soak, with and without faults. {@link SoakProgramTest} covers stack overflows in a JVM of its own:
 * they may break classes of the JDK for later tests.
 */
class SoakTest {
    private static final int ROUNDS = 10;

    @Test
    void everyObjectHasOneOwner() {
        soak(EnumSet.noneOf(Fault.class));
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "STACK")
    void everyObjectHasOneOwnerDespite(Fault fault) {
        soak(EnumSet.of(fault));
    }

    @Test
    void everyObjectHasOneOwnerDespiteTheseFaultsTogether() {
        soak(EnumSet.complementOf(EnumSet.of(Fault.STACK)));
    }

    @Test
    void theSameSeedRepeatsTheRunOfOneThread() {
        assertEquals(allocations(1), allocations(1));
        assertNotEquals(allocations(1), allocations(2));
    }

    private static List<Long> allocations(long seed) {
        SoakRun run = new SoakRun(new SoakSettings(seed, 1, 1_000, 2, Duration.ZERO, Set.of()));
        run.run();
        return run.targets().stream().map(target -> target.allocated().sum()).toList();
    }

    private static void soak(Set<Fault> faults) {
        SoakSettings settings = SoakSettings.of(ROUNDS, faults);
        SoakRun run = new SoakRun(settings);
        run.run();
        assertEquals((long) settings.threads() * settings.steps() * run.rounds(), run.steps());
        for (Target target : run.targets()) {
            assertTrue(target.allocated().sum() > 1_000, () -> "hardly used: " + target);
            assertEquals(target.allocated().sum(), target.freed().sum());
        }
        boolean fails = faults.contains(Fault.MEMORY) || faults.contains(Fault.CONSTRUCTOR);
        int injected = run.targets().stream().mapToInt(Target::injected).sum();
        assertEquals(fails, injected >= ROUNDS, "injected faults: " + injected);
    }
}

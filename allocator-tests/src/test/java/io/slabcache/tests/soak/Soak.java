package io.slabcache.tests.soak;

import io.slabcache.SlabCache;
import io.slabcache.memory.MemorySource;
import io.slabcache.tests.support.ResidentMemory;
import java.io.IOException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.function.Function;

/**
 * The soak as a program that can run for hours: {@code slabcache-soak.duration}, the other properties of {@link
 * SoakSettings}, and {@code slabcache-soak.interval} between two lines of progress. A failure ends it with an
 * exception, and so with exit code 1.
 */
public final class Soak {
    private static final int ROUNDS = 3;

    /** The JVM's own memory after its first seconds: compiled code, classes, stacks. */
    private static final long OWN_MEBIBYTES = 192;

    private Soak() {}

    /** Runs to the end. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        run(MemorySource.arena(), Access::new);
    }

    static void run(MemorySource memory, Function<SlabCache, Access> access) throws IOException, InterruptedException {
        SoakSettings settings = SoakSettings.of(ROUNDS, EnumSet.allOf(Fault.class));
        System.out.println(settings);
        long before = ResidentMemory.isKnown() ? ResidentMemory.mebibytes() : 0;
        SoakRun run = new SoakRun(settings, memory, access);
        Duration interval = Duration.parse(System.getProperty("slabcache-soak.interval", "PT5S"));
        Progress progress = new Progress(run, interval, System.out);
        try {
            run.run();
        } finally {
            progress.stop();
        }
        checkResident(before, run);
        System.out.println("passed, seed " + settings.seed());
    }

    private static void checkResident(long before, SoakRun run) throws IOException {
        if (ResidentMemory.isKnown()) {
            long after = ResidentMemory.mebibytes();
            long given = run.targets().stream()
                            .mapToLong(target -> target.source().givenBytes())
                            .sum()
                    >> 20;
            String found = before + " MiB resident before and " + after + " after, " + given + " used in between";
            System.out.println(found);
            if (after > before + OWN_MEBIBYTES) {
                throw new AssertionError(
                        found + "; -Dslabcache-test.seed=" + run.settings().seed());
            }
        }
    }
}

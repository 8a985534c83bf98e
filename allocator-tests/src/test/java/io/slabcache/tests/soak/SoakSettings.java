package io.slabcache.tests.soak;

import java.time.Duration;
import java.util.Set;

/**
 * The length and intensity of a soak. It ends after the rounds or the duration, whichever is later.
 *
 * @param seed of all choices
 * @param threads that work at a time
 * @param steps of each thread in a round
 * @param rounds at least; after each, new threads take over
 * @param duration at least
 * @param faults injected all the time
 */
record SoakSettings(long seed, int threads, int steps, int rounds, Duration duration, Set<Fault> faults) {
    private static final long SEED = 20_261_122;
    private static final int THREADS = 6;
    private static final int STEPS = 1_500;

    /**
     * Reads the properties {@code slabcache-test.seed} and {@code slabcache-soak.threads}, {@code .steps}, {@code
     * .rounds}, {@code .duration} and {@code .faults}.
     */
    static SoakSettings of(int rounds, Set<Fault> faults) {
        String given = System.getProperty("slabcache-soak.faults");
        return new SoakSettings(
                Long.getLong("slabcache-test.seed", SEED),
                Integer.getInteger("slabcache-soak.threads", THREADS),
                Integer.getInteger("slabcache-soak.steps", STEPS),
                Integer.getInteger("slabcache-soak.rounds", rounds),
                Duration.parse(System.getProperty("slabcache-soak.duration", "PT0S")),
                given == null ? faults : Fault.parse(given));
    }
}

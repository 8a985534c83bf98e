package io.slabcache.bench.run;

/**
 * How long and how often each benchmark runs.
 *
 * @param rounds number of passes through the whole set, each with a new JVM per benchmark
 * @param warmupMillis the unmeasured iterations at the start of each JVM, together
 * @param iterations measured iterations in each JVM
 * @param iterationMillis the length of each
 * @param objectSize bytes of each object
 */
public record Settings(int rounds, int warmupMillis, int iterations, int iterationMillis, int objectSize) {

    /** The main job: less than three minutes on two cores for the main set. */
    public static final Settings STANDARD = new Settings(3, 240, 5, 100, 256);

    /** A first look: enough to see factors, not percents. */
    public static final Settings QUICK = new Settings(1, 100, 3, 30, 256);

    /** A fork that is started for what it loads, not for what it measures. */
    static final Settings TRAINING = new Settings(1, 1, 1, 1, 64);

    /**
     * For rough comparisons: the same warm-up, because a shorter one would change the result, but half the measuring
     * time.
     */
    public Settings rough() {
        return new Settings(rounds, warmupMillis, iterations, (iterationMillis + 1) / 2, objectSize);
    }

    /** The same, warmed up longer. */
    public Settings warmedUp(int times) {
        return new Settings(rounds, times * warmupMillis, iterations, iterationMillis, objectSize);
    }

    /** Returns the time that one benchmark spends in its loop, without the start of the JVM. */
    public int millisPerFork() {
        return warmupMillis + iterations * iterationMillis;
    }
}

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

    /** The main job: about ten minutes on two cores. */
    public static final Settings STANDARD = new Settings(3, 300, 5, 36, 256);

    /** A first look in about two minutes: enough to see factors, not percents. */
    public static final Settings QUICK = new Settings(1, 80, 3, 20, 256);

    /** For publishable numbers: about an hour. */
    public static final Settings FULL = new Settings(5, 1_500, 10, 200, 256);

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

package io.slabcache.tests.jcstress;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * How long jcstress runs each test.
 *
 * @param options of jcstress
 * @param patience for all tests together
 * @param runs of jcstress at the same time, among which the tests are divided
 */
record Effort(List<String> options, Duration patience, int runs) {
    private static final String MODE = "slabcache-test.jcstress";

    /** Before the real run, jcstress makes this many samples several times, to measure their cost. */
    private static final String FEW_SAMPLES_AT_ONCE = "-strideSize 64 -strideCount 4";

    /** One fork for each test, instead of one for each combination of the compilers of its two actors. */
    private static final String ONE_FORK = "-m quick -iters 2 -time 300 -sc false -pth false";

    /** On a busy machine, an actor that spins or is bound to its processor keeps the other one waiting. */
    private static final String GOOD_NEIGHBOURS = "-spinStyle THREAD_YIELD -af NONE";

    /** The compilers use random orders where they may choose one. */
    private static final String SHUFFLED = "-XX:+UnlockDiagnosticVMOptions -XX:+StressLCM -XX:+StressGCM";

    /** Returns the effort that {@value #MODE} asks for: a mode of jcstress, or nothing for the short run of every build. */
    static Effort ofThisRun() {
        String mode = System.getProperty(MODE, "");
        return mode.isEmpty() ? ofEveryBuild() : of(Duration.ofDays(1), "-m " + mode, 1);
    }

    /** Most of the short time of a fork its JVM starts and compiles, with one busy thread. So two runs share two processors. */
    private static Effort ofEveryBuild() {
        Effort effort = of(Duration.ofMinutes(20), ONE_FORK + " " + GOOD_NEIGHBOURS, 2);
        effort.options.addAll(List.of("-jvmArgs", SHUFFLED));
        return effort;
    }

    private static Effort of(Duration patience, String options, int runs) {
        return new Effort(new ArrayList<>(List.of((FEW_SAMPLES_AT_ONCE + " " + options).split(" "))), patience, runs);
    }
}

package io.slabcache.internal.util;

import static org.jetbrains.lincheck.datastructures.ManagedStrategyGuaranteeKt.forClasses;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.jetbrains.lincheck.LincheckAssertionError;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Options;
import org.jetbrains.lincheck.datastructures.StressOptions;

/**
 * The two modes in which Lincheck looks for an execution that no sequential order of its operations explains. It
 * generates scenarios, the same at each run, and runs each many times.
 *
 * <p>{@code -Dslabcache-lincheck.iterations=} sets the number of scenarios, {@code -Dslabcache-lincheck.invocations=}
 * the most runs of each.
 */
public enum Lincheck {
    /** Explores interleavings, one step of one thread at a time; repeatable. */
    MODEL_CHECKING {
        @Override
        Options<?, ?> options() {
            ModelCheckingOptions options = new ModelCheckingOptions();
            options.addGuarantee(forClasses(Holders.class.getName(), StackReserve.class.getName())
                    .allMethods()
                    .ignore());
            options.addGuarantee(forClasses(SUPPLY).allMethods().treatAsAtomic());
            options.addGuarantee(forClasses(THREAD_TABLE)
                    .methods("all", "removeDead", "forEach", "shrink")
                    .treatAsAtomic());
            return options;
        }
    },

    /** Runs the threads in parallel, as the machine schedules them. */
    STRESS {
        @Override
        Options<?, ?> options() {
            return new StressOptions();
        }
    };

    /** The threads that Lincheck numbers: one before the concurrent part, two in it, one after it. */
    public static final int OWNERS = 4;

    /** The slab list has its own check. For the layers above it, a call of the supply is one atomic step. */
    private static final String SUPPLY = "io.slabcache.internal.slab.SlabSupply";

    /**
     * Every walk over the whole table happens under a lock. Lincheck takes a loop of some hundred turns for an endless
     * one.
     */
    private static final String THREAD_TABLE = "io.slabcache.internal.magazine.ThreadTable";

    private static final int THREADS = 2;
    private static final int OPERATIONS_PER_THREAD = 3;
    private static final int OPERATIONS_AROUND = 2;
    private static final int SHORT_SCENARIOS = 4;
    private static final int SHORT_INVOCATIONS = 40;
    private static final int SCENARIOS = Integer.getInteger("slabcache-lincheck.iterations", SHORT_SCENARIOS);
    private static final int INVOCATIONS = Integer.getInteger("slabcache-lincheck.invocations", SHORT_INVOCATIONS);

    /** Whether not more is asked for than every build does. */
    static final boolean IS_SHORT = SCENARIOS <= SHORT_SCENARIOS && INVOCATIONS <= SHORT_INVOCATIONS;

    private static final int SCENARIOS_OF_ONE_THREAD = 10;

    /** For known-bad variants, so that any machine finds them. A run that finds the fault early stops early. */
    private static final int MOST_SCENARIOS = 500;

    /** Lincheck itself detects threads that cannot go on; a short limit would only detect a busy machine. */
    private static final long MILLIS_PER_INVOCATION = 300_000;

    abstract Options<?, ?> options();

    /**
     * Passes if the specification explains every result of every run in some order, and if there were results.
     *
     * @param operations on the structure; public, as all its methods
     * @param specification the same methods, for one thread
     */
    public void assertLinearizable(Class<?> operations, Class<?> specification) {
        assertLinearizable(operations, specification, SCENARIOS);
    }

    void assertLinearizable(Class<?> operations, Class<?> specification, int scenarios) {
        check(operations, specification, THREADS, scenarios, INVOCATIONS);
        assertTrue(CountingVerifier.scenarios() > 0, "no scenario was run");
        assertEquals(scenarios, CountingVerifier.scenarios(), "scenarios with results");
    }

    /**
     * Passes if Lincheck catches a known-bad variant, and only through concurrency: in one thread the variant obeys the
     * specification. {@link #STRESS} hits a race of a few instructions only after thousands of runs, and later on a
     * busy machine: use it for wide races.
     *
     * @param operations on the variant
     * @param specification that the variant breaks
     */
    public void assertCaught(Class<?> operations, Class<?> specification) {
        STRESS.check(operations, specification, 1, SCENARIOS_OF_ONE_THREAD, 1);
        assertEquals(SCENARIOS_OF_ONE_THREAD, CountingVerifier.scenarios(), "scenarios of one thread");
        String report = assertThrows(
                        LincheckAssertionError.class,
                        () -> check(operations, specification, THREADS, MOST_SCENARIOS, INVOCATIONS))
                .getMessage();
        // A walk over a list with wrong counts may also never end.
        assertTrue(
                report.contains("= Invalid execution results =")
                        || report.contains("= Validation function")
                        || report.contains("= The execution has hung ="),
                report);
    }

    private void check(Class<?> operations, Class<?> specification, int threads, int scenarios, int invocations) {
        CountingVerifier.reset();
        long start = System.nanoTime();
        try {
            sized(options(), threads, scenarios, invocations)
                    .sequentialSpecification(specification)
                    .check(operations);
        } finally {
            System.out.printf(
                    "%s, %d threads, %s: %,d scenarios, %,d invocations, %,d ms%n",
                    operations.getName(),
                    threads,
                    this,
                    CountingVerifier.scenarios(),
                    CountingVerifier.invocations(),
                    (System.nanoTime() - start) / 1_000_000);
        }
    }

    private static Options<?, ?> sized(Options<?, ?> options, int threads, int scenarios, int invocations) {
        return options.threads(threads)
                .iterations(scenarios)
                .invocationsPerIteration(invocations)
                .actorsPerThread(OPERATIONS_PER_THREAD)
                .actorsBefore(OPERATIONS_AROUND)
                .actorsAfter(threads == 1 ? 0 : OPERATIONS_AROUND)
                .minimizeFailedScenario(false)
                .invocationTimeout$lincheck(MILLIS_PER_INVOCATION)
                .verifier(CountingVerifier.class);
    }
}

package io.slabcache.internal.util;

import org.jetbrains.kotlinx.lincheck.execution.ExecutionResult;
import org.jetbrains.kotlinx.lincheck.execution.ExecutionScenario;
import org.jetbrains.lincheck.datastructures.verifier.LinearizabilityVerifier;
import org.jetbrains.lincheck.datastructures.verifier.Verifier;

/** Counts the calls of Lincheck's own verifier: a check that compared nothing must not pass. */
public final class CountingVerifier implements Verifier {
    private static int scenarios;
    private static long invocations;
    private static ExecutionScenario latest;

    private final Verifier verifier;

    /** The constructor that Lincheck calls. */
    public CountingVerifier(Class<?> specification) {
        verifier = new LinearizabilityVerifier(specification);
    }

    @Override
    public boolean verifyResults(ExecutionScenario scenario, ExecutionResult results) {
        scenarios += scenario == latest ? 0 : 1;
        latest = scenario;
        invocations++;
        return verifier.verifyResults(scenario, results);
    }

    static void reset() {
        scenarios = 0;
        invocations = 0;
        latest = null;
    }

    static int scenarios() {
        return scenarios;
    }

    static long invocations() {
        return invocations;
    }
}

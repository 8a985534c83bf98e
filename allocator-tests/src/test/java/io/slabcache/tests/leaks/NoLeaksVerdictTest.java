package io.slabcache.tests.leaks;

import static io.slabcache.tests.support.Texts.withoutIds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import io.slabcache.SlabCache;
import io.slabcache.junit.NoLeaks;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;

/** Under {@link NoLeaks} each test gets the right verdict, in whatever way JUnit runs it. */
@Timeout(60)
class NoLeaksVerdictTest {
    private EngineExecutionResults results;

    @BeforeEach
    void prepareTheMeeting() {
        VerdictSamples.meeting = new VerdictSamples.Meeting();
    }

    @AfterEach
    void closeWhatWasLeft() {
        Samples.BUILT.forEach(SlabCache::closeNow);
        Samples.BUILT.clear();
    }

    /** Runs classes of tests; returns the outcome and the first line of the leak for each test and container. */
    private Map<String, String> run(boolean inParallel, Class<?>... classes) {
        results = EngineTestKit.engine("junit-jupiter")
                .selectors(Arrays.stream(classes).map(type -> selectClass(type)).toArray(DiscoverySelector[]::new))
                .configurationParameter("junit.jupiter.execution.parallel.enabled", "" + inParallel)
                .configurationParameter("junit.jupiter.execution.parallel.mode.default", "concurrent")
                .configurationParameter("junit.jupiter.execution.parallel.config.strategy", "fixed")
                .configurationParameter("junit.jupiter.execution.parallel.config.fixed.parallelism", "4")
                .execute();
        Map<String, String> verdicts = new TreeMap<>();
        results.allEvents().finished().stream()
                .filter(event -> event.getTestDescriptor().getParent().isPresent())
                .forEach(event -> verdicts.put(event.getTestDescriptor().getDisplayName(), verdict(event)));
        return verdicts;
    }

    private static String verdict(Event event) {
        TestExecutionResult result = event.getRequiredPayload(TestExecutionResult.class);
        return switch (result.getStatus()) {
            case SUCCESSFUL -> "passes";
            case ABORTED -> "aborted";
            case FAILED ->
                withoutIds(result.getThrowable().orElseThrow().getMessage())
                        .lines()
                        .limit(2)
                        .reduce((first, second) -> second)
                        .orElseThrow()
                        .replaceAll("; close it.*", "");
        };
    }

    private String reports() {
        return withoutIds(results.allEvents().reportingEntryPublished().stream()
                .map(Event::getPayload)
                .toList()
                .toString());
    }

    @Test
    void aCacheThatOutlivesTheTestsMayStayOpenAndItsObjectsMayNot() {
        assertEquals(
                Map.of(
                        "isTheFirst()", "passes",
                        "forgetsAnObject()", "cache 'lazy-pool' has 1 object more live than before",
                        "forgetsToClose()", "cache 'lazy' was left open",
                        "VerdictSamples$UsesALazyCache", "passes"),
                run(false, VerdictSamples.UsesALazyCache.class));
    }

    @Test
    void aCacheThatOneTestMayLeaveOpenFailsNoOtherTest() {
        assertEquals(
                Map.of(
                        "isTheFirst()", "passes",
                        "usesItToo()", "passes",
                        "Inside", "passes",
                        "VerdictSamples$UsesALazyCacheInOneTest", "passes"),
                run(false, VerdictSamples.UsesALazyCacheInOneTest.class));
    }

    @Test
    void aTestThatAnEarlierExtensionAbortsStaysAborted() {
        Map<String, String> verdicts = run(
                false, VerdictSamples.AbortedByAnExtension.class, VerdictSamples.AbortedByAnExtensionAsAWhole.class);
        assertEquals(
                Map.of(
                        "isAborted()", "aborted",
                        "VerdictSamples$AbortedByAnExtension", "passes",
                        "VerdictSamples$AbortedByAnExtensionAsAWhole", "aborted"),
                verdicts);
    }

    @Test
    void aTestThatAnEarlierExtensionFailsHasThatFailureOnly() {
        Map<String, String> verdicts = run(false, VerdictSamples.FailedByAnExtension.class);
        assertEquals("the extension's own failure", verdicts.get("fails()"));
        Throwable failure = results.testEvents().failed().stream()
                .map(event -> event.getRequiredPayload(TestExecutionResult.class))
                .map(result -> result.getThrowable().orElseThrow())
                .findFirst()
                .orElseThrow();
        assertEquals(0, failure.getSuppressed().length);
    }

    @ParameterizedTest
    @ValueSource(classes = {VerdictSamples.AbortedBeforeEach.class, VerdictSamples.AbortedItself.class})
    void anAbortedTestStaysAbortedAndItsLeakIsPublished(Class<?> tests) {
        assertEquals(
                Map.of("isAborted()", "aborted", "VerdictSamples$" + tests.getSimpleName(), "passes"),
                run(false, tests));
        assertTrue(reports().contains("cache 'aborted' was left open, with 1 object live"), reports());
    }

    @Test
    void anAbortedClassStaysAbortedAndItsLeakIsPublished() {
        assertEquals(
                Map.of("VerdictSamples$AbortedBeforeAll", "aborted"),
                run(false, VerdictSamples.AbortedBeforeAll.class));
        assertTrue(reports().contains("cache 'aborted' was left open, with 1 object live"), reports());
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void eachInvocationIsATest(boolean inParallel) {
        Map<String, String> verdicts = run(inParallel, VerdictSamples.Repeated.class);
        assertEquals("cache 'pool' has 1 object more live than before", verdicts.get("[2] 1"), verdicts::toString);
        assertEquals(
                "cache 'pool' has 1 object more live than before",
                verdicts.get("repetition 2 of 3"),
                verdicts::toString);
        assertEquals(4, results.testEvents().succeeded().count());
        assertEquals(2, results.testEvents().failed().count());
        assertEquals("passes", verdicts.get("VerdictSamples$Repeated"));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aFactoryIsJudgedWithItsDynamicTests(boolean inParallel) {
        assertEquals(
                Map.of(
                        "a", "passes",
                        "b", "passes",
                        "clean()", "passes",
                        "oneForgets()", "cache 'pool' has 1 object more live than before",
                        "VerdictSamples$Dynamic", "passes"),
                run(inParallel, VerdictSamples.Dynamic.class));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void onAMethodItChecksOnlyThatMethod(boolean inParallel) {
        assertEquals(
                Map.of(
                        "isClean()", "passes",
                        "forgets()", "cache 'pool' has 1 object more live than before",
                        "isNotLookedAt()", "passes",
                        "VerdictSamples$OnTheMethod", "passes"),
                run(inParallel, VerdictSamples.OnTheMethod.class));
    }

    @Test
    void parallelTestsAreNotBlamedForOneAnother() {
        assertEquals(
                Map.of(
                        "looks()", "passes",
                        "holds()", "passes",
                        "VerdictSamples$Alone", "passes",
                        "VerdictSamples$Holds", "passes"),
                run(true, VerdictSamples.Alone.class, VerdictSamples.Holds.class));
    }

    @Test
    void parallelTestsOfOneClassAreNotBlamedForOneAnother() {
        assertEquals(
                Map.of("looks()", "passes", "holds()", "passes", "VerdictSamples$AloneOnTheMethod", "passes"),
                run(true, VerdictSamples.AloneOnTheMethod.class));
    }

    /** Known bad: shows that the two tests above would fail if the annotation locked nothing. */
    @Test
    void withoutTheLockAParallelTestIsBlamed() {
        Map<String, String> verdicts = run(true, VerdictSamples.NotAlone.class, VerdictSamples.Holds.class);
        assertEquals("cache 'meeting' has 1 object more live than before", verdicts.get("looks()"), verdicts::toString);
    }
}

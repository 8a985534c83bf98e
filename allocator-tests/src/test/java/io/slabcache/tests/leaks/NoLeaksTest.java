package io.slabcache.tests.leaks;

import static io.slabcache.tests.support.Texts.withoutIds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import io.slabcache.SlabCache;
import io.slabcache.junit.NoLeaks;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;

/** {@link NoLeaks} lets clean tests pass. It fails tests with leaks, with all details that their authors need. */
class NoLeaksTest {
    private final Map<String, Throwable> failures = new LinkedHashMap<>();

    @AfterEach
    void closeWhatWasLeft() {
        Samples.BUILT.forEach(SlabCache::closeNow);
        Samples.BUILT.clear();
    }

    /** Runs a class of tests, records the failures by the name of the test, and returns the number of tests. */
    private long run(Class<?> tests) {
        LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
                .selectors(selectClass(tests))
                .build();
        SummaryGeneratingListener listener = new SummaryGeneratingListener();
        LauncherFactory.create().execute(request, listener);
        listener.getSummary()
                .getFailures()
                .forEach(failure -> failures.put(failure.getTestIdentifier().getDisplayName(), failure.getException()));
        return listener.getSummary().getTestsFoundCount();
    }

    /** Returns the message of a failure, without the lines of the sample, which change with every edit. */
    private String message(String test) {
        return withoutIds(failures.get(test).getMessage()).replaceAll("\\(Samples.java:\\d+\\)", "(Samples.java)");
    }

    /** The end of the message about a cache that was left open. */
    private static final String HINT =
            "; close it, or name it in @NoLeaks(mayStayOpen = …) if it is meant to outlive the test";

    private static String at(Class<?> tests, String method) {
        return "\n    at " + tests.getName() + "." + method + "(Samples.java)";
    }

    @Test
    void cleanTestsPass() {
        assertEquals(3, run(Samples.Clean.class));
        assertEquals(Map.of(), failures);
    }

    @Test
    void testsThatLeakFailAndTheOthersPass() {
        assertEquals(5, run(Samples.Forgetful.class));
        Class<?> tests = Samples.Forgetful.class;
        String forget = at(Samples.class, "forget");
        assertEquals(
                "'forgetsObjects()' leaks:\ncache 'shared' has 3 objects more live than before"
                        + "\n  2 objects allocated" + forget + at(tests, "forgetsObjects")
                        + "\n  1 object allocated" + at(tests, "forgetsObjects"),
                message("forgetsObjects()"));
        assertEquals(
                "'forgetsAnObjectOfAnOlderCache()' leaks:\ncache 'older' has 1 object more live than before"
                        + "\n  1 object allocated at an unknown place: the cache is older than the test and not tracked",
                message("forgetsAnObjectOfAnOlderCache()"));
        assertEquals(
                "'forgetsToClose()' leaks:\ncache 'left' was left open, with 1 object live" + HINT
                        + "\n  1 object allocated" + at(tests, "forgetsToClose"),
                message("forgetsToClose()"));
        assertEquals(
                "'forgetsToCloseAnEmptyOne()' leaks:\ncache 'collected' was left open" + HINT,
                message("forgetsToCloseAnEmptyOne()"));
        assertEquals("'Samples$Forgetful' leaks:\ncache 'shared' was left open" + HINT, message("Samples$Forgetful"));
        assertEquals(5, failures.size(), failures::toString);
    }

    @Test
    void anAnnotatedMethodIsCheckedAlone() {
        assertEquals(2, run(Samples.OneOfTwo.class));
        assertEquals(
                "'isLookedAt()' leaks:\ncache 'older' has 1 object more live than before\n  1 object allocated"
                        + at(Samples.class, "forget") + at(Samples.OneOfTwo.class, "isLookedAt"),
                message("isLookedAt()"));
        assertEquals(1, failures.size(), failures::toString);
    }

    @Test
    void aLeakOutsideOfTestsFailsTheClass() {
        assertEquals(2, run(Samples.ForgetfulAsAWhole.class));
        assertEquals(
                "'forgetsToo()' leaks:\ncache 'whole' has 1 object more live than before\n  1 object allocated"
                        + at(Samples.class, "forget") + at(Samples.ForgetfulAsAWhole.Inside.class, "forgetsToo"),
                message("forgetsToo()"));
        assertEquals(
                "'Samples$ForgetfulAsAWhole' leaks:\ncache 'whole' was left open, with 1 object live" + HINT
                        + "\n  1 object allocated" + at(Samples.ForgetfulAsAWhole.class, "buildAndForget"),
                message("Samples$ForgetfulAsAWhole"));
        assertEquals(2, failures.size(), failures::toString);
    }

    @Test
    void theFailureOfTheTestItselfComesFirst() {
        assertEquals(1, run(Samples.Failing.class));
        Throwable failure = failures.get("failsAndForgets()");
        assertEquals("the test's own failure", failure.getMessage());
        assertEquals(
                "'failsAndForgets()' leaks:\ncache 'failing' was left open" + HINT,
                withoutIds(failure.getSuppressed()[0].getMessage()));
    }

    @Test
    void cachesAreTrackedOnlyDuringTheTests() {
        run(Samples.Clean.class);
        try (SlabCache cache = SlabCache.builder("after", 24).build()) {
            long object = cache.allocateAddress();
            assertTrue(cache.allocTraces().isEmpty());
            cache.freeAddress(object);
        }
    }

    @Test
    void noOtherTestRunsAtTheSameTime() {
        ResourceLock lock = NoLeaks.class.getAnnotation(ResourceLock.class);
        assertEquals(Resources.GLOBAL, lock.value());
        assertFalse(lock.mode().name().equals("READ"));
    }
}

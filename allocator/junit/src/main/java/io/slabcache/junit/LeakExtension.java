package io.slabcache.junit;

import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * What {@link NoLeaks} does; that annotation also keeps other tests from running meanwhile, whose objects would be counted
 * with those of the test.
 */
public final class LeakExtension implements BeforeAllCallback, BeforeEachCallback, AfterEachCallback, AfterAllCallback {
    private static final ExtensionContext.Namespace NAMESPACE = ExtensionContext.Namespace.create(LeakExtension.class);

    /** For JUnit. */
    public LeakExtension() {}

    @Override
    public void beforeAll(ExtensionContext context) throws ClassNotFoundException {
        Class<?> tests = context.getRequiredTestClass();
        // What static fields hold is meant to outlive the tests: it has to be there before they begin.
        Class.forName(tests.getName(), true, tests.getClassLoader());
        begin(context);
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        begin(context);
    }

    @Override
    public void afterEach(ExtensionContext context) {
        end(context);
    }

    @Override
    public void afterAll(ExtensionContext context) {
        end(context);
    }

    private static void begin(ExtensionContext context) {
        Baseline around = context.getParent()
                .map(parent -> parent.getStore(NAMESPACE).get(Baseline.class, Baseline.class))
                .orElse(null);
        context.getStore(NAMESPACE).put(Baseline.class, new Baseline(around));
    }

    private static void end(ExtensionContext context) {
        Baseline before = context.getStore(NAMESPACE).remove(Baseline.class, Baseline.class);
        List<Leak> leaks = before.end();
        if (!leaks.isEmpty()) {
            throw new AssertionError("'" + context.getDisplayName() + "' leaks:\n"
                    + leaks.stream().map(Leak::text).collect(Collectors.joining("\n")));
        }
    }
}

package io.slabcache.junit;

import io.slabcache.audit.Leak;
import io.slabcache.audit.LeakAudit;
import java.util.List;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.opentest4j.TestAbortedException;

/**
 * The extension behind {@link NoLeaks}. Use the annotation:
 *
 * <pre>{@code
 * @NoLeaks
 * class OrderBookTest { ... }
 * }</pre>
 *
 * <p>The annotation also keeps other tests from running in parallel, whose objects this extension would count too.
 */
public final class LeakExtension implements BeforeAllCallback, BeforeEachCallback, AfterEachCallback, AfterAllCallback {
    private static final ExtensionContext.Namespace NAMESPACE = ExtensionContext.Namespace.create(LeakExtension.class);

    /** JUnit treats this as an aborted test, too. The class exists only where JUnit 4 is. */
    private static final String JUNIT_4_ABORT = "org.junit.internal.AssumptionViolatedException";

    /** For JUnit. */
    public LeakExtension() {}

    @Override
    public void beforeAll(ExtensionContext context) throws ClassNotFoundException {
        Class<?> tests = context.getRequiredTestClass();
        // Caches in static fields are meant to outlive the tests, so they are built before the audit begins.
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
        LeakAudit around = context.getParent()
                .map(parent -> parent.getStore(NAMESPACE).get(LeakAudit.class, LeakAudit.class))
                .orElse(null);
        context.getStore(NAMESPACE).put(LeakAudit.class, around == null ? LeakAudit.begin() : around.beginPart());
    }

    private static void end(ExtensionContext context) {
        LeakAudit audit = context.getStore(NAMESPACE).remove(LeakAudit.class, LeakAudit.class);
        if (audit == null) {
            // An earlier extension failed or aborted the test, so the audit never began.
            return;
        }
        List<Leak> leaks = audit.end(OpenCaches.allowedBy(context));
        if (leaks.isEmpty()) {
            return;
        }
        String text = LeakText.of(context.getDisplayName(), leaks);
        if (context.getExecutionException().filter(LeakExtension::isAbort).isPresent()) {
            // An exception would turn the aborted test into a failed one.
            context.publishReportEntry("leaks of an aborted test", text);
        } else {
            throw new AssertionError(text);
        }
    }

    private static boolean isAbort(Throwable thrown) {
        if (thrown instanceof TestAbortedException) {
            return true;
        }
        for (Class<?> type = thrown.getClass(); type != null; type = type.getSuperclass()) {
            if (type.getName().equals(JUNIT_4_ABORT)) {
                return true;
            }
        }
        return false;
    }
}

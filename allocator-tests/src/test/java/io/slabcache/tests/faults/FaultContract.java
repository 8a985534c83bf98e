package io.slabcache.tests.faults;

import static io.slabcache.tests.support.Texts.assertSays;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.slabcache.SlabCache;
import io.slabcache.SlabCacheBuilder;
import io.slabcache.diagnostics.Debug;
import io.slabcache.diagnostics.InvalidFreeException;
import io.slabcache.diagnostics.MisusePolicy;
import io.slabcache.diagnostics.MisuseReport;
import io.slabcache.diagnostics.SlabCacheStats;
import io.slabcache.tests.support.Cookies;
import io.slabcache.tests.support.Healthy;
import io.slabcache.tests.support.LogCapture;
import io.slabcache.tests.support.Memory;
import java.lang.foreign.MemorySegment;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.Parameter;

/**
 * The state after any fault: it was reported once, as an exception or in the log, to the listener and in the count. The
 * cache validates clean, every other object keeps its contents, and the cache goes on working.
 */
@ExtendWith(FaultContract.OnThreadOfCase.class)
abstract class FaultContract {
    static final long SIZE = 48;
    private static final long BYSTANDER = 1;
    private static final long LATER = 2;

    @Parameter
    Case one;

    final Memory memory = new Memory();
    final List<MisuseReport> reports = new CopyOnWriteArrayList<>();
    final LogCapture log = new LogCapture();

    SlabCache cache;

    /** Live objects before and behind the victims; the fault must not touch them. */
    final List<MemorySegment> bystanders = new ArrayList<>();

    @BeforeEach
    void open() throws Throwable {
        cache = builder().build();
        one.access().run(this::addBystander);
    }

    /** Returns the builder; a subclass adds what its faults need. */
    SlabCacheBuilder builder() {
        return one.mode()
                .builder("victim", SIZE)
                .memory(memory)
                .onMisuse(one.policy())
                .onReport(reports::add);
    }

    final void addBystander() {
        MemorySegment object = one.allocate(cache);
        Cookies.write(object, BYSTANDER);
        bystanders.add(object);
    }

    @AfterEach
    void everythingIsInOrderAndGoesOn() throws Throwable {
        try (log) {
            checkInOrder();
            bystanders.forEach(object -> Cookies.check(object, BYSTANDER));
            one.access().run(this::goOn);
            bystanders.forEach(cache::free);
            Healthy.checkNothingLive(cache);
            cache.close();
            assertEquals(0, memory.regions());
        }
    }

    final void checkInOrder() {
        Healthy.check(cache);
        assertEquals(reports.size(), cache.stats().misuses());
        if (one.policy() == MisusePolicy.THROW) {
            assertEquals(List.of(), warnings());
        }
    }

    private void goOn() {
        List<MemorySegment> objects = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            MemorySegment object = one.tryAllocate(cache);
            if (object == null) {
                assertEquals(cache.stats().maxObjects(), cache.stats().liveObjects());
                break;
            }
            Cookies.write(object, LATER);
            objects.add(object);
        }
        for (MemorySegment object : objects) {
            Cookies.check(object, LATER);
            one.free(cache, object);
        }
    }

    /** Makes a free that is refused, reported, and has no effect; a bulk has good objects around the bad one. */
    final MisuseReport refused(InvalidFreeException.Kind kind, MemorySegment bad, String... says) {
        SlabCacheStats before = cache.stats();
        MemorySegment good = bystanders.getFirst();
        MisuseReport report = reported(
                InvalidFreeException.class, () -> one.form().free(one.access().to(cache), good, bad));
        assertEquals(kind.name(), report.kind().name(), report.text());
        assertEquals(bad == null ? 0 : bad.address(), report.address());
        assertSays(report.text(), "cache 'victim'");
        assertSays(report.text(), says);
        if (one.form().isBulk()) {
            assertSays(report.text(), "entry 1 of a bulk free that freed nothing");
        }
        assertEquals(before.liveObjects(), cache.stats().liveObjects());
        assertEquals(before.frees(), cache.stats().frees());
        return report;
    }

    /** Makes a call that is reported once in each way. */
    final MisuseReport reported(Class<? extends RuntimeException> type, Executable call) {
        int reportsBefore = reports.size();
        if (one.policy() == MisusePolicy.THROW) {
            RuntimeException thrown = assertThrows(type, call);
            assertEquals(thrown.getMessage(), reports.getLast().text());
        } else {
            runQuietly(call);
            MisuseReport.Kind kind = reports.getLast().kind();
            List<LogRecord> ofKind = warnings().stream()
                    .filter(warning -> type.isInstance(warning.getThrown()))
                    .filter(warning -> warning.getThrown().getMessage().equals(firstOf(kind)))
                    .toList();
            assertEquals(1, ofKind.size(), "warnings of " + kind);
        }
        assertEquals(reportsBefore + 1, reports.size());
        assertEquals(reports.size(), cache.stats().misuses());
        assertEquals("victim", reports.getLast().cache());
        Healthy.check(cache);
        return reports.getLast();
    }

    /** The validation finds exactly this, and changes nothing. */
    final void assertFound(String what, long object, long offset, String expected) {
        List<String> findings = cache.validate().findings();
        assertEquals(1, findings.size(), findings::toString);
        assertSays(
                findings.getFirst(),
                what,
                "byte at offset " + offset + " of the object at " + hex(object) + " is",
                " instead of " + expected,
                "nothing was changed");
        assertEquals(findings, cache.validate().findings());
    }

    final void assertCorrupted(MisuseReport report, long object, long offset, String done) {
        assertEquals(object, report.object());
        assertEquals(offset, report.offset());
        assertSays(report.text(), "byte at offset " + offset + " of the object at " + hex(object), done);
        boolean isTracked = one.mode().has(Debug.TRACKING);
        assertEquals(isTracked, report.text().contains("\nallocated at "));
        assertEquals(isTracked, report.text().contains("\nfreed at "));
    }

    private String firstOf(MisuseReport.Kind kind) {
        return reports.stream()
                .filter(report -> report.kind() == kind)
                .findFirst()
                .orElseThrow()
                .text();
    }

    private static void runQuietly(Executable call) {
        try {
            call.execute();
        } catch (Throwable e) {
            throw new AssertionError("a cache that only warns threw", e);
        }
    }

    private List<LogRecord> warnings() {
        return log.records().stream()
                .filter(logged -> logged.getLevel() == Level.WARNING)
                .filter(logged -> logged.getThrown() != null)
                .toList();
    }

    static String hex(long address) {
        return "0x" + Long.toHexString(address);
    }

    /** Moves the test method to a virtual thread; what runs before it stays on JUnit's thread. */
    static final class OnThreadOfCase implements InvocationInterceptor {
        @Override
        public void interceptTestMethod(
                Invocation<Void> invocation, ReflectiveInvocationContext<Method> method, ExtensionContext context)
                throws Throwable {
            ((FaultContract) context.getRequiredTestInstance()).one.access().run(invocation::proceed);
        }
    }
}

package io.slabcache.tests.debug;

import static io.slabcache.tests.support.Texts.assertSays;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slabcache.SlabCache;
import io.slabcache.SlabCacheBuilder;
import io.slabcache.diagnostics.CorruptedObjectException;
import io.slabcache.diagnostics.Debug;
import io.slabcache.diagnostics.MisusePolicy;
import io.slabcache.diagnostics.MisuseReport;
import io.slabcache.tests.support.Healthy;
import io.slabcache.tests.support.LogCapture;
import io.slabcache.tests.support.Memory;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.function.Executable;

/** Common parts of the tests of debugged caches: memory to corrupt, a listener, the log, and a healthy cache at the end. */
abstract class DebugContract {
    static final long SIZE = 18;
    static final Debug[] USUAL = {Debug.SANITY, Debug.REDZONES, Debug.POISON, Debug.TRACKING};

    final Memory memory = new Memory();
    final List<MisuseReport> reports = new CopyOnWriteArrayList<>();
    final LogCapture log = new LogCapture();
    SlabCache cache;
    private final Set<MisuseReport.Kind> warned = EnumSet.noneOf(MisuseReport.Kind.class);

    SlabCacheBuilder builder(Debug... ways) {
        return SlabCache.builder("victim", SIZE)
                .memory(memory)
                .onReport(reports::add)
                .debug(ways);
    }

    SlabCache open(Debug... ways) {
        cache = builder(ways).build();
        return cache;
    }

    @AfterEach
    void close() {
        log.close();
        if (cache != null) {
            Healthy.checkNothingLive(cache);
            assertEquals(reports.size(), cache.stats().misuses());
            cache.close();
        }
    }

    /** Makes a call that finds one damage. The damage is thrown or logged, counted and passed to the listener. */
    MisuseReport found(MisusePolicy policy, MisuseReport.Kind kind, long object, long offset, Executable call) {
        int before = reports.size();
        if (policy == MisusePolicy.THROW) {
            CorruptedObjectException thrown = assertThrows(CorruptedObjectException.class, call);
            check(thrown, kind, object, offset);
            assertEquals(List.of(), log.records());
        } else {
            int logged = log.records().size();
            runQuietly(call);
            boolean first = warned.add(kind);
            assertEquals(logged + (first ? 1 : 0), log.records().size());
            if (first) {
                check((CorruptedObjectException) log.records().getLast().getThrown(), kind, object, offset);
            }
        }
        assertEquals(before + 1, reports.size());
        MisuseReport report = reports.getLast();
        assertEquals(kind, report.kind(), report.text());
        assertEquals("victim", report.cache());
        assertEquals(object, report.object());
        assertEquals(object + offset, report.address());
        assertEquals(offset, report.offset());
        assertTrue(report.index() >= 0 && report.slab() <= object, report.toString());
        assertEquals(reports.size(), cache.stats().misuses());
        Healthy.check(cache);
        return report;
    }

    private static void check(CorruptedObjectException thrown, MisuseReport.Kind kind, long object, long offset) {
        assertEquals(kind.name(), thrown.kind().name());
        assertEquals(object, thrown.object());
        assertEquals(offset, thrown.offset());
        assertSays(thrown.getMessage(), "cache 'victim'", "offset " + offset + " of", "0x" + Long.toHexString(object));
    }

    static void runQuietly(Executable call) {
        try {
            call.execute();
        } catch (Throwable e) {
            throw new AssertionError("a cache that only warns threw", e);
        }
    }

    /** Asserts that a stack begins in a test. */
    static void assertBeginsIn(Class<?> test, List<StackTraceElement> stack) {
        assertTrue(
                stack.stream().limit(4).anyMatch(frame -> frame.getClassName().startsWith(test.getName())),
                stack::toString);
        assertTrue(stack.getFirst().getClassName().startsWith("io.slabcache.tests."), stack::toString);
    }
}

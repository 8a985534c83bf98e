package io.slabcache.tests.faults;

import static io.slabcache.tests.support.Texts.assertSays;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slabcache.SlabCacheBuilder;
import io.slabcache.diagnostics.Debug;
import io.slabcache.diagnostics.LiveObjectsException;
import io.slabcache.diagnostics.MisuseReport;
import io.slabcache.diagnostics.MisuseReport.Kind;
import io.slabcache.tests.support.Collector;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Segments that become unreachable without a free, with leak detection. The numbers are those of {@link Fault}. */
@ParameterizedClass(name = "{0}")
@MethodSource("io.slabcache.tests.faults.Case#watched")
class LeakFaultTest extends FaultContract {
    private static final String PROPERTY = "slabcache.leaks";

    /** More than the magazines of a thread hold, so that one allocation takes the slow path, which takes the samples. */
    private static final int LEAKS = 12;

    @Override
    SlabCacheBuilder builder() {
        System.setProperty(PROPERTY, "1/1,0");
        return super.builder();
    }

    @AfterEach
    void clear() {
        System.clearProperty(PROPERTY);
    }

    private List<Long> leak() {
        List<Long> addresses = new ArrayList<>();
        for (int i = 0; i < LEAKS; i++) {
            addresses.add(one.allocate(cache).address());
        }
        return addresses;
    }

    @Test
    void fault16_segmentsThatAreDropped() {
        List<Long> leaked = leak();
        long atLeast = one.mode().isDebugged() ? LEAKS : 1;
        Collector.collectUntil(() -> {
            cache.shrink();
            return cache.stats().leaks() >= atLeast;
        });
        assertTrue(cache.stats().leaks() <= LEAKS, () -> cache.stats().toString());
        // All are allocated in one place, or in two with the second attempts.
        assertEquals(one.mode().has(Debug.FAULTS) ? 2 : 1, reports.size());
        MisuseReport report = reports.getFirst();
        assertEquals(Kind.LEAK, report.kind());
        assertTrue(leaked.contains(report.object()), report.text());
        assertSays(report.text(), "cache 'victim': the object at " + hex(report.object()) + " has leaked");
        assertSays(report.text(), "\nallocated at ", "\n    at " + Case.class.getName());
        assertEquals(
                reports.stream().map(MisuseReport::text).toList(),
                log.records().stream()
                        .map(LogRecord::getMessage)
                        .filter(message -> message.contains("leaked"))
                        .toList());
        assertEquals(0, cache.stats().misuses());
        assertEquals(
                1 + LEAKS,
                assertThrows(LiveObjectsException.class, cache::close).liveObjects());
        leaked.forEach(cache::freeAddress);
        reports.clear();
    }
}

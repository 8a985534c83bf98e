package io.slabcache.tests.debug;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.slabcache.SlabCache;
import io.slabcache.SlabCacheBuilder;
import io.slabcache.diagnostics.AllocationFaults;
import io.slabcache.diagnostics.Debug;
import io.slabcache.junit.NoLeaks;
import io.slabcache.tests.support.LogCapture;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A debugged cache is slow, so the log says of each one that it is debugged, how, and what asked for it. */
class AnnouncementTest {
    private static final String DEBUG = "slabcache.debug";
    private static final String LEAKS = "slabcache.leaks";

    private LogCapture log;

    @BeforeEach
    void listen() {
        log = new LogCapture();
    }

    @AfterEach
    void forget() {
        System.clearProperty(DEBUG);
        System.clearProperty(LEAKS);
        log.close();
    }

    private static SlabCacheBuilder builder() {
        return SlabCache.builder("announced", 24);
    }

    private void assertAnnounced(SlabCacheBuilder builder, String origins) {
        try (SlabCache cache = builder.build()) {
            assertEquals(
                    List.of("cache 'announced' (#" + cache.id() + ") is debugged: " + origins
                            + "; it has no magazines, and each call takes a microsecond or more"),
                    log.announcements());
        }
        assertEquals(List.of(), log.records());
    }

    @Test
    void byItsBuilder() {
        assertAnnounced(builder().debug(Debug.TRACKING, Debug.REDZONES), "ZU by its builder");
    }

    @Test
    void byTheProperty() {
        System.setProperty(DEBUG, "fz,ann*");
        assertAnnounced(builder(), "FZ by -Dslabcache.debug");
    }

    @Test
    void byBoth() {
        System.setProperty(DEBUG, "ZU");
        assertAnnounced(builder().debug(Debug.REDZONES), "Z by its builder, ZU by -Dslabcache.debug");
    }

    @Test
    void byParanoidSearchForLeaks() {
        System.setProperty(LEAKS, "paranoid");
        assertAnnounced(builder(), "U by -Dslabcache.leaks");
    }

    @Test
    void byFailures() {
        assertAnnounced(builder().faults(AllocationFaults.interval(1000)), "A by its builder's faults");
    }

    @Test
    void eachCacheIsAnnounced() {
        System.setProperty(DEBUG, "U,announced");
        for (int i = 0; i < 3; i++) {
            builder().build().close();
        }
        assertEquals(3, log.announcements().size());
        assertEquals(3, log.announcements().stream().distinct().count());
    }

    @Test
    void cachesThatAreNotDebuggedAreNotAnnounced() {
        System.setProperty(DEBUG, "U,others");
        builder().build().close();
        builder().guardedSampling(1).build().close();
        assertEquals(List.of(), log.announcements());
    }

    /** The annotation is on the test itself, so its author knows. */
    @Test
    @NoLeaks
    void aTestWithNoLeaksIsNotAnnounced() {
        builder().build().close();
        assertEquals(List.of(), log.announcements());
    }
}

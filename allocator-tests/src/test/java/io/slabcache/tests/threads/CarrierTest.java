package io.slabcache.tests.threads;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slabcache.SlabCache;
import io.slabcache.tests.support.ChildJvm;
import io.slabcache.tests.support.OtherThread;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A virtual thread that waits inside a cache releases its carrier. The check must catch a thread that keeps the only
 * carrier.
 */
class CarrierTest {
    private static final String PINNED = "jdk.VirtualThreadPinned";

    private static final int THREADS = 10_000;

    @TempDir
    Path folder;

    @ParameterizedTest(name = "{0} processors")
    @ValueSource(ints = {1, 4})
    void oneCarrierIsEnough(int processors) {
        assertPrints(CarrierProgram.DONE, "-XX:ActiveProcessorCount=" + processors, CarrierProgram.class.getName());
    }

    @Test
    void aThreadThatKeepsTheOnlyCarrierIsCaught() {
        assertPrints(
                CarrierProgram.HANGS,
                "-XX:ActiveProcessorCount=1",
                CarrierProgram.class.getName(),
                CarrierProgram.KNOWN_BAD);
    }

    private void assertPrints(String expected, String... arguments) {
        List<String> all = new ArrayList<>(List.of(
                "-Djdk.virtualThreadScheduler.parallelism=1",
                "-Djdk.virtualThreadScheduler.maxPoolSize=1",
                "-cp",
                System.getProperty("java.class.path")));
        all.addAll(List.of(arguments));
        ChildJvm.Result result = ChildJvm.run(folder, all.toArray(String[]::new));
        assertAll(
                () -> assertEquals("", result.errors()),
                () -> assertEquals(expected, result.output().strip()),
                () -> assertEquals(0, result.exitCode()));
    }

    @Test
    void noThreadIsPinnedInsideACache() throws Throwable {
        assertEquals(List.of(), pinnedInACache(() -> {
            try (SlabCache cache = VirtualHandOver.cache(Long.MAX_VALUE)) {
                new VirtualHandOver(cache, Pool.of(cache), THREADS).check();
            }
        }));
    }

    @Test
    void aThreadThatIsPinnedInsideACacheIsDetected() throws Throwable {
        List<RecordedEvent> seen = pinnedInACache(() -> {
            SlabCache cache =
                    SlabCache.builder("pinned", 64).memory(new Pinned()).build();
            Thread pinned = Thread.ofVirtual().start(cache::allocate);
            while (pinned.getState() != Thread.State.WAITING) {
                assertTrue(pinned.isAlive());
                Thread.onSpinWait();
            }
            Pinned.open();
            pinned.join();
            OtherThread.run(cache::closeNow);
        });
        assertFalse(seen.isEmpty());
    }

    /** Returns the JVM's records of virtual threads that waited pinned inside a cache. */
    private List<RecordedEvent> pinnedInACache(Executable work) throws Throwable {
        Path file = folder.resolve("pinned.jfr");
        try (Recording recording = new Recording()) {
            recording.enable(PINNED).withoutThreshold().withStackTrace();
            recording.start();
            work.execute();
            recording.stop();
            recording.dump(file);
        }
        return eventsInACache(file);
    }

    private static List<RecordedEvent> eventsInACache(Path file) throws IOException {
        return RecordingFile.readAllEvents(file).stream()
                .filter(event -> event.getEventType().getName().equals(PINNED))
                .filter(event -> frames(event)
                        .map(frame -> frame.getMethod().getType().getName())
                        .anyMatch(type -> type.startsWith("io.slabcache.") && !type.startsWith("io.slabcache.tests.")))
                .toList();
    }

    private static Stream<RecordedFrame> frames(RecordedEvent event) {
        return event.getStackTrace() == null ? Stream.of() : event.getStackTrace().getFrames().stream();
    }
}

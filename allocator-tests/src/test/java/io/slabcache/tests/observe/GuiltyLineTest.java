package io.slabcache.tests.observe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slabcache.SlabCache;
import io.slabcache.tests.support.InAnotherJvm;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * From a growing process to the guilty line, as docs/observe.md describes it: a program that was started without any
 * option, {@code jcmd} and {@code jfr}.
 */
@InAnotherJvm
@Timeout(180)
class GuiltyLineTest {
    private static final String PREFIX = "io.slabcache.";
    private static final long RECORDING_MILLIS = 6_000;
    private static final int MOST_DUMPS = 8;

    /** So many leaked objects must be sampled. */
    private static final int ENOUGH = 4;

    private static final String LISTENER = "io.slabcache.internal.jfr.RecorderListener";
    private static final List<String> EVENTS =
            List.of("io.slabcache.internal.jfr.RefillEvent", "io.slabcache.internal.jfr.JfrObserver");

    @TempDir
    private Path folder;

    private static List<RecordedEvent> events(List<RecordedEvent> all, String name) {
        return all.stream()
                .filter(event -> event.getEventType().getName().equals(PREFIX + name))
                .toList();
    }

    private Path record(RunningProgram program, String... options) throws InterruptedException, IOException {
        program.jcmd(options);
        Path file = folder.resolve("recording.jfr");
        // On a busy machine the program does little, and it takes longer until enough of what it leaks was sampled.
        for (int i = 0; i < MOST_DUMPS; i++) {
            Thread.sleep(RECORDING_MILLIS);
            Files.deleteIfExists(file);
            program.jcmd("JFR.dump", "name=look", "filename=" + file);
            if (oldObjects(RecordingFile.readAllEvents(file)).size() >= ENOUGH) {
                break;
            }
        }
        program.jcmd("JFR.stop", "name=look");
        return file;
    }

    /** The objects in use at the moment of the dump are live too, but young. */
    private static List<RecordedEvent> oldObjects(List<RecordedEvent> recorded) {
        return events(recorded, "LiveObject").stream()
                .filter(event -> event.getDuration("age").toMillis() > 500)
                .toList();
    }

    private static void assertNamesTheLeak(List<RecordedEvent> recorded) {
        List<RecordedEvent> old = oldObjects(recorded);
        assertTrue(old.size() >= ENOUGH, () -> events(recorded, "LiveObject").toString());
        for (RecordedEvent event : old) {
            String first = event.getString("allocatedAt").lines().findFirst().orElseThrow();
            assertTrue(first.contains("ObservedProgram.forget("), first);
            assertEquals(ObservedProgram.NAMES.getFirst(), event.getString("cache"));
        }
        Set<Long> sampled = events(recorded, "ObjectSampled").stream()
                .map(event -> event.getLong("sample"))
                .collect(Collectors.toSet());
        old.forEach(event -> assertTrue(sampled.contains(event.getLong("sample")), event::toString));
    }

    @Test
    void aRecordingWithoutSettingsNamesTheLeak() throws Exception {
        try (RunningProgram program = RunningProgram.start(folder)) {
            Path file = record(program, "JFR.start", "name=look");
            List<RecordedEvent> recorded = RecordingFile.readAllEvents(file);
            assertNamesTheLeak(recorded);
            // Samples say who allocates, not only who leaks.
            Set<String> samplers = events(recorded, "ObjectSampled").stream()
                    .flatMap(event -> event.getStackTrace().getFrames().stream())
                    .filter(frame -> frame.getMethod().getType().getName().equals(ObservedProgram.class.getName()))
                    .map(frame -> frame.getMethod().getName())
                    .collect(Collectors.toSet());
            assertTrue(samplers.containsAll(Set.of("use", "forget", "serve")), samplers::toString);
            Set<String> caches = events(recorded, "CacheStatistics").stream()
                    .map(event -> event.getString("cache"))
                    .collect(Collectors.toSet());
            assertEquals(Set.copyOf(ObservedProgram.NAMES), caches);
            String printed = RunningProgram.jfr("print", "--events", "LiveObject", file.toString());
            assertTrue(printed.contains("ObservedProgram.forget(ObservedProgram.java:"), printed);
        }
    }

    @Test
    void theShippedSettingsNameTheLeakToo() throws Exception {
        Path settings = folder.resolve("slabcache.jfc");
        try (InputStream shipped = SlabCache.class.getResourceAsStream("/io/slabcache/slabcache.jfc")) {
            Files.copy(shipped, settings);
        }
        try (RunningProgram program = RunningProgram.start(folder)) {
            Path file = record(program, "JFR.start", "name=look", "settings=" + settings);
            List<RecordedEvent> recorded = RecordingFile.readAllEvents(file);
            assertNamesTheLeak(recorded);
            long statistics = events(recorded, "CacheStatistics").stream()
                    .filter(event -> event.getString("cache").equals("orders"))
                    .count();
            assertTrue(statistics >= RECORDING_MILLIS / 1000 - 2, () -> "period 1 s: " + statistics);
            Set<String> names = new TreeSet<>();
            recorded.forEach(event -> names.add(event.getEventType().getName()));
            names.removeIf(name -> name.startsWith(PREFIX) || name.startsWith("jdk.Active"));
            assertEquals(Set.of(), names, "only what the settings name");
        }
    }

    /** Nothing of the recorder is started, and no class of an event is loaded, while nothing looks. */
    @Test
    void withoutARecordingTheRecorderDoesNotStart() throws IOException {
        try (RunningProgram program = RunningProgram.start(folder, "-Xlog:class+load:file=classes.log")) {
            String loaded = Files.readString(folder.resolve("classes.log"));
            assertTrue(loaded.contains(LISTENER));
            for (String absent : EVENTS) {
                assertFalse(loaded.contains(absent), absent);
            }
            // Known bad: a command that does start it.
            program.jcmd("JFR.check");
            String late = Files.readString(folder.resolve("classes.log"));
            assertTrue(EVENTS.stream().allMatch(late::contains));
        }
    }

    /** As in an image of jlink in which nothing requires the recorder. */
    @Test
    void theRecorderMayBeMissing() {
        try (RunningProgram program =
                RunningProgram.start(folder, "--limit-modules", "java.base,java.logging,jdk.management")) {
            assertTrue(program.jcmd("VM.version").contains("JDK"));
        }
    }
}

package io.slabcache.tests.observe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slabcache.SlabCache;
import io.slabcache.diagnostics.CacheExhaustedException;
import io.slabcache.diagnostics.Checks;
import io.slabcache.diagnostics.InvalidFreeException;
import io.slabcache.diagnostics.SlabCacheStats;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import jdk.jfr.Configuration;
import jdk.jfr.EventType;
import jdk.jfr.FlightRecorder;
import jdk.jfr.Recording;
import jdk.jfr.ValueDescriptor;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The events of the flight recorder, read back from a file. */
@Timeout(120)
class FlightRecordingTest {
    private static final String PREFIX = "io.slabcache.";

    @TempDir
    private Path folder;

    /** Records an action that gets the name of a cache; returns the events of that cache. */
    private List<RecordedEvent> record(String cache, Consumer<Recording> settings, Runnable action) throws IOException {
        Path file = folder.resolve("recording.jfr");
        try (Recording recording = new Recording()) {
            settings.accept(recording);
            recording.start();
            action.run();
            recording.stop();
            recording.dump(file);
        }
        return RecordingFile.readAllEvents(file).stream()
                .filter(event -> event.getEventType().getName().startsWith(PREFIX))
                .filter(event -> event.getString("cache").equals(cache))
                .toList();
    }

    private static void everything(Recording recording) {
        for (EventType type : types()) {
            recording.enable(type.getName()).withThreshold(Duration.ZERO);
        }
    }

    private static List<EventType> types() {
        // The first cache waits for the recorder, and the recorder registers the events.
        SlabCache.builder("first", 64).build().close();
        return FlightRecorder.getFlightRecorder().getEventTypes().stream()
                .filter(type -> type.getName().startsWith(PREFIX))
                .toList();
    }

    private static List<RecordedEvent> named(List<RecordedEvent> events, String name) {
        return events.stream()
                .filter(event -> event.getEventType().getName().equals(PREFIX + name))
                .toList();
    }

    @Test
    void eachSlowStepIsAnEventWithWhatItMoved() throws IOException {
        List<RecordedEvent> events = record("steps", FlightRecordingTest::everything, () -> {
            try (SlabCache cache = SlabCache.builder("steps", 64).build()) {
                long[] objects = new long[20_000];
                Arrays.setAll(objects, i -> cache.allocateAddress());
                Arrays.stream(objects).forEach(cache::freeAddress);
                cache.flush();
                assertTrue(cache.shrink() > 0);
                assertThrows(InvalidFreeException.class, () -> cache.freeAddress(3));
            }
        });
        for (String name : List.of("Refill", "Flush", "Growth")) {
            List<RecordedEvent> found = named(events, name);
            assertFalse(found.isEmpty(), () -> name + " in " + events);
            assertTrue(found.stream().allMatch(event -> event.getLong("objects") > 0), found::toString);
        }
        assertEquals(
                named(events, "Growth").size(), named(events, "GrowthStall").size());
        assertTrue(named(events, "Growth").stream()
                .anyMatch(event -> event.getDuration().toNanos() > 1000));
        assertTrue(named(events, "Shrink").getFirst().getLong("bytes") >= 20_000 * 64);
        RecordedEvent misuse = named(events, "Misuse").getFirst();
        assertEquals("FOREIGN", misuse.getString("kind"));
        assertEquals(3, misuse.getLong("address"));
        assertTrue(misuse.getString("report").contains("0x3"), misuse::toString);
    }

    @Test
    void shorterStepsThanTheThresholdAreLeftOut() throws IOException {
        List<RecordedEvent> events = record(
                "short",
                recording ->
                        types().forEach(type -> recording.enable(type.getName()).withThreshold(Duration.ofHours(1))),
                () -> {
                    try (SlabCache cache = SlabCache.builder("short", 64).build()) {
                        cache.freeAddress(cache.allocateAddress());
                    }
                });
        assertEquals(List.of(), named(events, "Growth"));
        assertEquals(List.of(), named(events, "Refill"));
    }

    @Test
    void refusedAllocationsAreShownNowAndThen() throws IOException {
        List<RecordedEvent> events = record("full", FlightRecordingTest::everything, () -> {
            try (SlabCache cache = SlabCache.builder("full", 64).maxObjects(1).build()) {
                long object = cache.allocateAddress();
                assertThrows(CacheExhaustedException.class, cache::allocateAddress);
                IntStream.range(0, 10_000).forEach(i -> assertEquals(0, cache.tryAllocateAddress()));
                cache.freeAddress(object);
            }
        });
        List<RecordedEvent> found = named(events, "Exhausted");
        assertTrue(!found.isEmpty() && found.size() < 1000, () -> found.size() + " events");
        assertEquals(1, found.getFirst().getLong("maxObjects"));
        assertEquals(1, found.getFirst().getLong("exhaustions"));
    }

    /** The last event is from the end of the recording, when the cache was at rest. */
    @Test
    void statisticsAgreeWithThoseOfTheCache() throws IOException {
        try (SlabCache cache =
                SlabCache.builder("agreed", 96).maxObjects(50_000).build()) {
            long[] objects = new long[3000];
            List<RecordedEvent> events = record(
                    "agreed",
                    recording -> recording.enable(PREFIX + "CacheStatistics").with("period", "endChunk"),
                    () -> {
                        Arrays.setAll(objects, i -> cache.allocateAddress());
                        for (int i = 0; i < 1000; i++) {
                            cache.freeAddress(objects[i]);
                        }
                    });
            SlabCacheStats stats = cache.stats();
            RecordedEvent event = named(events, "CacheStatistics").getLast();
            Set<String> compared = new HashSet<>();
            for (SlabCacheStats.Figure figure : SlabCacheStats.Figure.values()) {
                if (event.hasField(figure.label()) && figure != SlabCacheStats.Figure.LONGEST_GROWTH_STALL) {
                    assertEquals(stats.get(figure), event.getLong(figure.label()), figure.label());
                    compared.add(figure.label());
                }
            }
            assertTrue(compared.size() >= 15, compared::toString);
            assertEquals(
                    stats.longestGrowthStall(),
                    event.getDuration("longestGrowthStall").toNanos());
            assertEquals(2000 * stats.stride(), event.getLong("liveBytes"));
            assertEquals(cache.id(), event.getLong("cacheId"));
            float ratio = event.getFloat("magazineHitRatio");
            assertTrue(ratio > 0.9 && ratio < 1, () -> ratio + "");
            for (int i = 1000; i < objects.length; i++) {
                cache.freeAddress(objects[i]);
            }
        }
    }

    private long keep(SlabCache cache) {
        return cache.allocateAddress();
    }

    private List<RecordedEvent> sample(String name, Checks checks, boolean isLockless) throws IOException {
        try (SlabCache cache =
                SlabCache.builder(name, 64).checks(checks).lockless(isLockless).build()) {
            long[] objects = new long[100_000];
            List<RecordedEvent> events = record(name, FlightRecordingTest::everything, () -> {
                Arrays.setAll(objects, i -> keep(cache));
                // Not every second one: magazines hold even numbers of objects.
                for (int i = 0; i < objects.length; i += 3) {
                    cache.freeAddress(objects[i]);
                }
            });
            Set<Long> stillLive = new HashSet<>();
            for (int i = 0; i < objects.length; i++) {
                if (i % 3 != 0) {
                    stillLive.add(objects[i]);
                }
            }
            for (RecordedEvent live : named(events, "LiveObject")) {
                assertTrue(stillLive.contains(live.getLong("address")), () -> "was freed: " + live);
                assertEquals(64, live.getLong("bytes"));
                assertTrue(live.getString("allocatedAt").contains("FlightRecordingTest.keep"), live::toString);
                assertEquals(Thread.currentThread().getName(), live.getString("allocatedBy"));
            }
            stillLive.forEach(cache::freeAddress);
            return events;
        }
    }

    @Test
    void sampledObjectsThatAreLiveAtTheEndAreListed() throws IOException {
        for (boolean isLockless : new boolean[] {true, false}) {
            List<RecordedEvent> events = sample("sampled" + isLockless, Checks.STANDARD, isLockless);
            List<RecordedEvent> sampled = named(events, "ObjectSampled");
            List<RecordedEvent> live = named(events, "LiveObject");
            assertTrue(sampled.size() > 20 && sampled.size() < 1000, () -> sampled.size() + " sampled");
            assertTrue(live.size() > 5 && live.size() < sampled.size(), () -> live.size() + " live");
            List<RecordedFrame> frames = sampled.getFirst().getStackTrace().getFrames();
            assertTrue(
                    frames.stream()
                            .anyMatch(frame -> frame.getMethod().getName().equals("keep")),
                    frames::toString);
        }
    }

    /** Nothing tells when its objects are freed, so none may be called live. */
    @Test
    void objectsOfAnUncheckedCacheAreSampledAndNotListed() throws IOException {
        List<RecordedEvent> events = sample("unchecked", Checks.NONE, true);
        assertFalse(named(events, "ObjectSampled").isEmpty());
        assertEquals(List.of(), named(events, "LiveObject"));
    }

    @Test
    void aSampledObjectIsFreedLikeAnyOther() throws IOException {
        record("freed", FlightRecordingTest::everything, () -> {
            try (SlabCache cache = SlabCache.builder("freed", 64).build()) {
                long[] objects = new long[50_000];
                Arrays.setAll(objects, i -> cache.allocateAddress());
                Arrays.stream(objects).forEach(cache::freeAddress);
                for (int i = 0; i < objects.length; i += 100) {
                    long freed = objects[i];
                    assertThrows(InvalidFreeException.class, () -> cache.freeAddress(freed));
                }
                assertEquals(List.of(), cache.validate().findings());
                assertEquals(0, cache.stats().liveObjects());
            }
        });
    }

    @Test
    void eachEventAndEachFieldExplainsItself() {
        List<EventType> types = types();
        assertEquals(15, types.size(), types::toString);
        for (EventType type : types) {
            assertNotNull(type.getLabel(), type.getName());
            assertNotNull(type.getDescription(), type.getName());
            assertEquals(List.of("Slabcache"), type.getCategoryNames(), type.getName());
            for (ValueDescriptor field : type.getFields()) {
                assertNotNull(field.getLabel(), type.getName() + "." + field.getName());
                if (field.getName().matches(".*(?i:bytes|rate|ratio|age|size|address|stall)")) {
                    boolean hasUnit = field.getContentType() != null;
                    assertTrue(hasUnit, type.getName() + "." + field.getName() + " has no unit");
                }
            }
        }
    }

    /** A name or setting with a typing error would be ignored without a word. */
    @Test
    void theShippedSettingsFitTheEvents() throws IOException, ParseException {
        try (Reader reader = new InputStreamReader(
                SlabCache.class.getResourceAsStream("/io/slabcache/slabcache.jfc"), StandardCharsets.UTF_8)) {
            Map<String, String> settings = Configuration.create(reader).getSettings();
            Set<String> known = new HashSet<>();
            for (EventType type : types()) {
                type.getSettingDescriptors().forEach(each -> known.add(type.getName() + "#" + each.getName()));
                assertEquals("true", settings.get(type.getName() + "#enabled"), type.getName());
            }
            Set<String> unknown = new HashSet<>(settings.keySet());
            unknown.removeAll(known);
            assertEquals(Set.of(), unknown);
        }
    }
}
